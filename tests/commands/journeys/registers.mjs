import assert from 'node:assert/strict';
import fs from 'node:fs';
import { read_csv, read_json_stat } from '../../walk/reading.mjs';

const demo = 'assets/demo';
const gotland = '--from 2024-01-01 --to 2025-05-31';
const sundsvall = '--from 2022-01-01 --to 2022-12-31';

export default async ({ empty, folder, file }, test) => {
  const { run } = empty();
  const done = async (line) => {
    const { status, out, err } = await run(line);
    assert.equal(status, 0, err);
    assert.equal(err, '');
    return out;
  };
  const counts = async (line) => read_json_stat((await run(`${line} --audience unit --format json-stat`)).bytes);
  const goals = async (line) => JSON.parse(await done(`${line} --format json`));

  await test('the interventions come in from their files, once', async () => {
    const files = `${demo}/gotland/insats.toml ${demo}/sundsvall/insats.toml`;
    assert.match(await done(`intervention ${files}`), /lades till.*lades till/s);
    assert.match(await done(`intervention ${files}`), /redan som filen säger.*redan som filen säger/s);
  });
  await test('a dry run says what would happen and keeps nothing', async () => {
    assert.match(await done(`import participations ${demo}/gotland/deltagare.csv --dry-run`), /65 rader skulle läggas till, 0 ändras, 0 finns redan, 0 avvisas/);
    assert.equal((await counts('table closed --by sex')).at({ sex: 'kvinna' })?.value ?? 0, 0);
  });
  await test('the registers come in whole', async () => {
    assert.match(await done(`import participations ${demo}/gotland/deltagare.csv`), /65 rader lades till, 0 ändrades, 0 fanns redan, 0 avvisades/);
    assert.match(await done(`import participations ${demo}/sundsvall/deltagare.csv`), /261 rader lades till/);
    assert.match(await done(`import decisions ${demo}/sundsvall/beslut.csv`), /126 rader lades till/);
  });
  await test('the same registers again change nothing', async () => {
    const before = await done('table started --by intervention,sex --audience unit');
    assert.match(await done(`import participations ${demo}/gotland/deltagare.csv ${demo}/sundsvall/deltagare.csv`), /0 rader lades till, 0 ändrades, 65 fanns redan.*0 rader lades till, 0 ändrades, 261 fanns redan/s);
    assert.match(await done(`import decisions ${demo}/sundsvall/beslut.csv`), /0 rader lades till, 0 ändrades, 126 fanns redan/);
    assert.equal(await done('table started --by intervention,sex --audience unit'), before);
  });

  await test('Gotland: 65 closed, 35 women and 30 men, nine destinations as published', async () => {
    const { set, at } = await counts(`table closed --by destination,sex --where intervention=jobbvagen-ar ${gotland}`);
    const destinations = set.Dimension('destination').Category().map(({ label }) => label);
    assert.deepEqual(destinations, fs.readFileSync(`${demo}/gotland/insats.toml`, 'utf8').match(/(?<=\[\[destination\]\]\nname = ").*(?=")/g));
    const cells = ['kvinna', 'man'].map((sex) => destinations.map((destination) => at({ destination, sex }).value));
    assert.deepEqual(cells, [[6, 3, 1, 0, 3, 8, 3, 7, 4], [5, 0, 2, 1, 4, 2, 1, 13, 2]]);
    const by_sex = await counts(`table closed --by sex --where intervention=jobbvagen-ar ${gotland}`);
    assert.deepEqual(['kvinna', 'man'].map((sex) => by_sex.at({ sex }).value), [35, 30]);
  });
  await test('Gotland: 28 of 65 went on, 43.1 %, not reached; 45.9 closed per twelve months, reached', async () => {
    const [further, volume] = await goals(`goals jobbvagen-ar ${gotland} --audience unit`);
    assert.deepEqual([further.id, further.count, further.of, further.state], ['vidare', 28, 65, 'not reached']);
    assert.equal((further.value * 100).toFixed(1), '43.1');
    assert.deepEqual([volume.id, volume.count, volume.value.toFixed(1), volume.state], ['volym', 65, '45.9', 'reached']);
    assert.match(await done(`goals jobbvagen-ar ${gotland} --audience unit`), /ej nått: 43,1 % .*28 av 65.*48,6 % \(17 av 35\).*36,7 % \(11 av 30\).*nått: 45,9/s);
  });
  await test('Sundsvall: 261 participants, 110 women and 151 men', async () => {
    const { at } = await counts('table started --by sex --where intervention=af-amt');
    assert.deepEqual(['kvinna', 'man'].map((sex) => at({ sex }).value), [110, 151]);
  });
  await test('Sundsvall: 126 decisions of 2022 by kind, the published table', async () => {
    const { at } = await counts(`table decisions --by decision,form --where intervention=af-amt ${sundsvall}`);
    const of = (decision) => ['ny', 'förlängning'].map((form) => at({ decision, form }).value);
    assert.deepEqual(of('lönebidrag LFU/OSA'), [47, 35]);
    const kinds = ['anställning utan stöd', 'nystartsjobb', 'introduktionsjobb', 'Samhall', 'sjukersättning', 'aktivitetsersättning', 'studier'];
    assert.deepEqual(kinds.map((kind) => of(kind).reduce((sum, value) => sum + value)), [12, 10, 4, 3, 5, 1, 9]);
  });
  await test('Sundsvall: 96 subsidised employments, 61 of them new; both goals reached', async () => {
    const found = await goals(`goals af-amt ${sundsvall} --audience unit`);
    assert.deepEqual(found.map(({ id, count, state }) => [id, count, state]), [['subventionerade', 96, 'reached'], ['subventionerade-nya', 61, 'reached']]);
  });

  await test('of the broken register two rows are taken and eleven come back, each with its faults', async () => {
    const rejects = `${folder}/rejects.csv`;
    const { status, out, err } = await run(`import participations tests/registers/broken/deltagare.csv --rejects ${rejects}`);
    assert.equal(status, 1);
    assert.match(out, /2 rader lades till, 0 ändrades, 0 fanns redan, 11 avvisades/);
    assert.match(err, /Rad 5: kön: .kvina. är okänt\. Menade du .kvinna.\?/);
    const [headings, ...rows] = read_csv(fs.readFileSync(rejects));
    assert.deepEqual(headings.slice(-2), ['rad', 'fel']);
    const faults = new Map(rows.map((row) => [row.at(-2), row.at(-1)]));
    assert.deepEqual([...faults.keys()], ['3', '4', '5', '6', '7', '8', '9', '10', '12', '13', '14']);
    for (const [row, words] of [['3', /^start: .2024-13-01./], ['4', /^avslut: /], ['5', /^kön: .*.kvinna./], ['6', /^avslutad till: .*.Månen./], ['7', /^start: /], ['8', /^deltagare: /], ['9', /^insats: .?.*finns-inte/], ['10', /^födelseår: .*2031/], ['12', /^avslutad till: .*.Avbrutit./], ['13', /start: /], ['14', /^hemkommun: .9999./]])
      assert.match(faults.get(row), words);
  });
  await test('the same broken register again changes nothing', async () => {
    const { status, out } = await run('import participations tests/registers/broken/deltagare.csv');
    assert.equal(status, 1);
    assert.match(out, /0 rader lades till, 0 ändrades, 2 fanns redan, 11 avvisades/);
  });
  await test('the rejects, mended, come in', async () => {
    const [headings, ...rows] = read_csv(fs.readFileSync(`${folder}/rejects.csv`));
    const mended = rows.filter((row) => ['3', '5', '10'].includes(row.at(-2))).map((row) => row.map((cell) => cell.replace('2024-13-01', '2024-02-01').replace(/^kvina$/, 'kvinna').replace(/^2031$/, '1981')));
    const register = file('mended.csv', [headings, ...mended].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n'));
    const { status, out, err } = await run(`import participations ${register}`);
    assert.equal(status, 0, err);
    assert.match(out, /3 rader lades till/);
  });
  await test('all holds together afterwards', async () => assert.match(await done('verify'), /hänger ihop/));
};
