import assert from 'node:assert/strict';
import fs from 'node:fs';
import { read_docx, read_pdf } from '../../walk/reading.mjs';
import { plain_spaces } from '../../walk/stafett.mjs';

const of = (form) => `report jobbvagen-ar --form assets/forms/${form} --from 2024-01-01 --to 2025-05-31`;

export default async ({ demo, folder, file }, test) => {
  const { run } = demo();
  const says_the_figures = (text) => {
    assert.match(text, /28 av 65/);
    assert.match(text, /43,1 %/);
    assert.match(text, /Avbrutit\s+3\s+4\s+7/);
    assert.doesNotMatch(text, /\{\{/);
  };
  for (const form of ['slutrapport-insats.docx', 'projektrapport.docx']) {
    await test(`${form} in Word says 28 of 65, 43,1 % and the table by sex`, async () => {
      const { status, out, err } = await run(`${of(form)} --audience unit --out ${folder}/${form}`);
      assert.equal(status, 0, err);
      assert.match(out, /Rapporten/);
      says_the_figures(plain_spaces(read_docx(fs.readFileSync(`${folder}/${form}`)).join('\n')));
    });
    await test(`${form} as PDF says the same`, async () => {
      const { status, err } = await run(`${of(form)} --audience unit --out ${folder}/report.pdf`);
      assert.equal(status, 0, err);
      says_the_figures(plain_spaces(read_pdf(fs.readFileSync(`${folder}/report.pdf`))));
    });
  }
  await test('for everyone the goal stands and small numbers are protected', async () => {
    const { status, err } = await run(`${of('slutrapport-insats.docx')} --out ${folder}/public.docx`);
    assert.equal(status, 0, err);
    const text = plain_spaces(read_docx(fs.readFileSync(`${folder}/public.docx`)).join('\n'));
    assert.match(text, /28 av 65/);
    assert.match(text, /Arbete med subvention\n\.\./);
    assert.doesNotMatch(text, /Avbrutit\n3\n4/);
  });
  await test('what nobody has written is told, and the report is made all the same', async () => {
    const { status, err } = await run(`${of('slutrapport-insats.docx')} --out ${folder}/again.docx`);
    assert.equal(status, 0);
    assert.match(err, /text\.sammanfattning/);
    assert.ok(fs.existsSync(`${folder}/again.docx`));
  });
  await test('without LibreOffice a PDF is refused with what to install, and Word comes all the same', async () => {
    const environment = { PATH: folder };
    const { status, out, err } = await run(`${of('slutrapport-insats.docx')} --out ${folder}/none.pdf`, { environment });
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^stafett: [^\n]*LibreOffice[^\n]*libreoffice-writer-nogui[^\n]*\n$/);
    assert.ok(!fs.existsSync(`${folder}/none.pdf`));
    assert.equal((await run(`${of('slutrapport-insats.docx')} --out ${folder}/word.docx`, { environment })).status, 0);
  });
  await test('true counts in a report are for those of the intervention', async () => {
    for (const account of ['forbundschef', 'af-chef', 'utomstaende', 'remittent']) {
      const { status, out } = await run(`--as ${account} ${of('slutrapport-insats.docx')} --audience unit --out ${folder}/theirs.docx`);
      assert.deepEqual([status, out], [2, ''], account);
      assert.ok(!fs.existsSync(`${folder}/theirs.docx`));
    }
    assert.equal((await run(`--as enhetschef ${of('slutrapport-insats.docx')} --audience unit --out ${folder}/ours.docx`)).status, 0);
  });
  await test('an intervention with three women: the report says that it cannot be measured', async () => {
    const { status, err } = await run(`report narmare --form assets/forms/slutrapport-insats.docx --from 2025-09-01 --to 2026-08-31 --out ${folder}/three.docx`);
    assert.equal(status, 0, err);
    const text = plain_spaces(read_docx(fs.readFileSync(`${folder}/three.docx`)).join('\n'));
    assert.match(text, /ej mätbart/i);
    assert.doesNotMatch(text, /\b[123] (kvinnor|av [123])\b/);
  });
};
