import assert from 'node:assert/strict';
import { read_csv, read_json_stat, read_px, read_xlsx } from '../../walk/reading.mjs';

const question = 'table closed --by destination,sex --where intervention=jobbvagen-ar --from 2024-01-01 --to 2025-05-31';

// A table that each format must tell of alike: rows of [destination, women, men, both], with the sums.
export default async ({ demo }, test) => {
  const { run } = demo();
  const ask = async (line) => {
    const { status, bytes, err } = await run(line);
    assert.equal(status, 0, err);
    assert.equal(err, '');
    return bytes;
  };
  for (const audience of ['unit', 'public']) {
    const asked = `${question} --audience ${audience}`;
    const rows = read_csv(await ask(`${asked} --format csv`));
    const sum = rows.findIndex((row) => row[0] === 'Totalt');
    const table = rows.slice(1, sum + 1);
    const whose = audience === 'unit' ? 'true counts' : 'protected counts';

    await test(`CSV with ${whose} has nine destinations, two sexes and their sums`, () => {
      assert.deepEqual(rows[0].slice(1), ['kvinna', 'man', 'Totalt']);
      assert.equal(table.length, 10);
      assert.deepEqual(table.at(-1), ['Totalt', '35', '30', '65']);
      const hidden = table.flat().filter((cell) => cell === '..').length;
      if (audience === 'unit') assert.equal(hidden, 0);
      else assert.ok(hidden >= 8, `${hidden} cells are protected`);
    });
    await test(`text with ${whose} says the same`, async () => {
      const text = (await ask(asked)).toString();
      for (const row of table) assert.ok(text.split('\n').some((line) => line.startsWith(row[0]) && line.trimEnd().split(/\s{2,}/).slice(-3).join() === row.slice(1).join()), row.join());
    });
    await test(`JSON-stat with ${whose} says the same to jsonstat-toolkit`, async () => {
      const { at } = read_json_stat(await ask(`${asked} --format json-stat`));
      for (const [destination, ...cells] of table.slice(0, -1))
        ['kvinna', 'man'].forEach((sex, i) => {
          const { value, status } = at({ destination, sex });
          assert.equal(value ?? '..', cells[i] === '..' ? '..' : Number(cells[i]));
          assert.equal(status ?? '', cells[i] === '..' ? '..' : '');
        });
    });
    await test(`XLSX with ${whose} says the same, numbers as numbers`, async () => {
      const sheet = read_xlsx(await ask(`${asked} --format xlsx`));
      for (const row of table) assert.deepEqual(sheet.find((line) => line[0] === row[0])?.slice(0, 4), [row[0], ...row.slice(1).map((cell) => (cell === '..' ? '..' : Number(cell)))]);
    });
    await test(`PX with ${whose} says the same`, async () => {
      const px = read_px(await ask(`${asked} --format px`));
      assert.equal(px.LANGUAGE[0], 'sv');
      assert.deepEqual(px.DATA, table.flatMap((row) => row.slice(1)));
      assert.deepEqual(px[`VALUES(${px.STUB[0]})`], table.map((row) => row[0]));
    });
  }
  await test('a mean stands with its n and its median in every format', async () => {
    const asked = 'table stay --by sex --where intervention=jobbvagen-ar --audience unit';
    const [, woman] = read_csv(await ask(`${asked} --format csv`));
    const { at, set } = read_json_stat(await ask(`${asked} --format json-stat`));
    assert.deepEqual(set.Dimension('statistic').id, ['n', 'mean', 'median']);
    const values = ['n', 'mean', 'median'].map((statistic) => at({ sex: 'kvinna', statistic }).value);
    assert.equal(values[0], 35);
    assert.deepEqual(woman.slice(0, 4), ['kvinna', '35', ...values.slice(1).map((value) => value.toFixed(1).replace('.', ','))]);
    const sheet = read_xlsx(await ask(`${asked} --format xlsx`));
    assert.equal(sheet.find((row) => row[0] === 'kvinna')[1], 35);
  });
  await test('a table says its definition, its period and what it is limited to', async () => {
    const text = (await ask(question)).toString();
    assert.match(text, /1 januari 2024–31 maj 2025/);
    assert.match(text, /Jobbvägen AR/);
    assert.match(text, /färre än fem/);
  });
  await test('three women in an intervention are shown to nobody outside', async () => {
    const text = (await ask('table started --by sex --where intervention=narmare')).toString();
    assert.doesNotMatch(text, /\b[123]\b/);
    assert.match(text, /\.\./);
    assert.match((await ask('goals narmare')).toString(), /ej mätbart/);
  });
};
