import assert from 'node:assert/strict';
import fs from 'node:fs';
import { unzip, zip } from '../../walk/zip.mjs';

const headings = 'insats;deltagare;start;avslut;avslutad till';
const row = 'jobbvagen-ar;N-1;2024-01-10;2024-06-01;Avbrutit';
const zip_of_nothing = Buffer.from('504b0506' + '00'.repeat(18), 'hex');

// [what the file is, its content, what must be said of it]
const registers = [
  ['is empty', '', /Filen är tom/],
  ['has a BOM and nothing else', '\uFEFF', /Filen är tom/],
  ['has only spaces', '  \r\n \r\n', /Filen är tom/],
  ['is a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /bild/],
  ['is a PDF', '%PDF-1.7\n%âãÏÓ\n', /PDF/],
  ['is binary', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 73) % 256)), /./],
  ['is an empty zip archive', zip_of_nothing, /zip|skadad/],
  ['is a web page', '<!DOCTYPE html><html><body><table><tr><td>insats</td></tr></table></body></html>', /webbsida/],
  ['is a Word document', () => fs.readFileSync('assets/forms/slutrapport-insats.docx'), /Word-dokument/],
  ['is half an Excel file', () => fs.readFileSync('assets/forms/slutrapport-insats.docx').subarray(0, 3000), /skadad|går inte/],
  ['has a quotation mark that never ends', `${headings}\r\njobbvagen-ar;"N-1;2024-01-10;;\r\n`, /citattecken/],
  ['mixes encodings', Buffer.concat([Buffer.from(`${headings}\r\n${row.replace('N-1', 'Åsa')}\r\n`), Buffer.from(`${row.replace('N-1', 'Åke')}\r\n`, 'latin1')]), /blandad teckenkodning/],
  ['has ten thousand columns', `${Array.from({ length: 10_000 }, (_, i) => `k${i}`).join(';')}\r\n`, /kolumner/],
  ['has the same heading twice', `${headings};start\r\n${row};2024-01-11\r\n`, /samma rubrik/],
  ['lacks a needed column', 'insats;start\r\njobbvagen-ar;2024-01-10\r\n', /deltagare/],
  ['has a cell of two megabytes', `${headings}\r\njobbvagen-ar;${'x'.repeat(2 << 20)};2024-01-10;;\r\n`, /längre än/],
];

// [what is wrong, the file made from Gotland's, the line, what must be said]
const interventions = [
  ['a key is misspelt', (text) => text.replace('longest_stay_months', 'longest_stay_month'), /Rad 12.*longest_stay_month.*longest_stay_months/],
  ['a value is misspelt', (text) => text.replace('"individual"', '"individuel"'), /Rad 6.*individuel.*individual/],
  ['a group is misspelt', (text) => text.replace('"subsidised work"', '"subsidized work"'), /Rad 20.*subsidized work.*subsidised work/],
  ['a quotation mark is missing', (text) => text.replace('"Jobbvägen AR"', '"Jobbvägen AR'), /Rad 3/],
  ['a key stands twice', (text) => text.replace('area =', 'name ='), /Rad 4.*redan/],
  ['a date is none', (text) => text.replace('2020-09-01', '2020-09-31'), /Rad 7/],
  ['a goal counts what there is not', (text) => text.replace('"studies", "labour', '"studys", "labour'), /studys.*studies/],
  ['it is not in UTF-8', (text) => Buffer.from(text, 'latin1'), /UTF-8/],
  ['it is empty', () => '', /id/],
  ['it is larger than an intervention can be', (text) => text + '# x\n'.repeat(300_000), /1 MB/],
  ['it is binary', () => Buffer.alloc(2000, 0), /./],
];

export default async ({ demo, file, folder }, test) => {
  const { run } = demo();
  const before = (await run('table started --by intervention --audience unit')).out;
  for (const [what, content, says] of registers)
    await test(`a register that ${what} is refused whole, with what to do`, async () => {
      const { status, err } = await run(`import participations ${file('register.csv', typeof content === 'function' ? content() : content)}`);
      assert.match(err, says);
      assert.equal(status, 2);
      assert.match(err, /^stafett: \S*register\.csv: [^\n]+\n$/);
      assert.doesNotMatch(err, /exception|what\(\)|terminate/);
    });
  await test('the registers above changed nothing', async () => assert.equal((await run('table started --by intervention --audience unit')).out, before));

  await test('of several files the good ones come in', async () => {
    const { status, out } = await run(`import participations ${file('good.csv', `${headings}\r\n${row}\r\n`)} ${file('bad.csv', '')}`);
    assert.equal(status, 1);
    assert.match(out, /good\.csv: 1 rader? lades till/);
  });
  await test('a register with headings alone has nothing in it, which is no fault', async () => {
    const { status, out } = await run(`import participations ${file('none.csv', `${headings}\r\n`)}`);
    assert.equal(status, 0);
    assert.match(out, /none\.csv: 0 rader lades till/);
  });
  await test('columns that we do not know are named and left alone', async () => {
    const { status, err } = await run(`import participations ${file('more.csv', `${headings};skostorlek\r\n${row.replace('N-1', 'N-2')};43\r\n`)}`);
    assert.equal(status, 0);
    assert.match(err, /skostorlek/);
  });
  await test('a register with commas, without BOM, in Windows-1252, with odd headings and Swedish dates comes in', async () => {
    const text = ' INSATS ,Deltagare,START,Avslut,Avslutad  Till\n' + 'Jobbvägen AR,N-3,2024-01-10,2024-06-01,avbrutit\n';
    const { status, out, err } = await run(`import participations ${file('odd.csv', Buffer.from(text, 'latin1'))}`);
    assert.equal(status, 0, err);
    assert.match(out, /1 rader? lades till/);
  });

  await test('a register in Excel comes in', async () => {
    const cells = [headings.split(';'), row.replace('N-1', 'N-4').split(';')];
    const rows = cells.map((line, r) => `<row r="${r + 1}">${line.map((text, c) => `<c r="${'ABCDE'[c]}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`);
    const part = (body) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
    const office = 'http://schemas.openxmlformats.org';
    const book = zip(new Map([
      ['[Content_Types].xml', part(`<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)],
      ['_rels/.rels', part(`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)],
      ['xl/workbook.xml', part(`<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>`)],
      ['xl/_rels/workbook.xml.rels', part(`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)],
      ['xl/worksheets/sheet1.xml', part(`<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`)],
    ]));
    const { status, out, err } = await run(`import participations ${file('register.xlsx', book)}`);
    assert.equal(status, 0, err);
    assert.match(out, /1 rader? lades till/);
  });

  const gotland = fs.readFileSync('assets/demo/gotland/insats.toml', 'utf8');
  for (const [what, spoil, says] of interventions)
    await test(`an intervention's file where ${what} is refused, with the line`, async () => {
      const { status, out, err } = await run(`intervention ${file('insats.toml', spoil(gotland))}`);
      assert.match(err, says);
      assert.deepEqual([status, out], [2, '']);
    });

  const form = (name) => `report jobbvagen-ar --form ${name} --from 2024-01-01 --to 2025-05-31 --out ${folder}/report.docx`;
  const real = fs.readFileSync('assets/forms/slutrapport-insats.docx');
  const form_with = (parts) => zip([...unzip(real), ...Object.entries(parts)].reduce((all, [name, bytes]) => all.set(name, bytes), new Map()));
  const forms = [
    ['is empty', () => Buffer.alloc(0), /./],
    ['is a text', () => Buffer.from('{{goal}}'), /Word-dokument/],
    ['is a PDF', () => Buffer.from('%PDF-1.7\n'), /PDF/],
    ['is half a Word document', () => real.subarray(0, real.length / 2), /skadad/],
    ['is a register', () => fs.readFileSync('assets/demo/gotland/deltagare.csv'), /Word-dokument/],
    ['is a zip bomb', () => form_with({ 'word/document.xml': Buffer.alloc(200 << 20) }), /packad|uppackad|större/],
    ['has macros', () => form_with({ 'word/vbaProject.bin': Buffer.from('macro') }), /makron/],
    ['fetches its template from elsewhere', () => form_with({ 'word/_rels/settings.xml.rels': Buffer.from('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://example.invalid/x.dotm" TargetMode="External"/></Relationships>') }), /utanför sig själv/],
  ];
  for (const [what, bytes, says] of forms)
    await test(`a form that ${what} is refused, and no report is left behind`, async () => {
      const { status, out, err } = await run(form(file('form.docx', bytes())));
      assert.match(err, says);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^stafett: [^\n]+\n$/);
      assert.ok(!fs.existsSync(`${folder}/report.docx`));
    });
};
