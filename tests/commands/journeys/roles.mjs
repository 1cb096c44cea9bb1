import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { read_json_stat } from '../../walk/reading.mjs';

export default async ({ demo }, test) => {
  const { run } = demo();
  const as = (account, line) => run(`--as ${account} ${line}`);
  const by_sex = 'table closed --by sex --where intervention=jobbvagen-ar --from 2024-01-01 --to 2025-05-31';

  await test('the coach and the unit head get true counts of their own interventions', async () => {
    for (const account of ['coach', 'enhetschef']) {
      const { status, bytes } = await as(account, `${by_sex} --audience unit --format json-stat`);
      assert.equal(status, 0);
      assert.equal(read_json_stat(bytes).at({ sex: 'kvinna' }).value, 35);
    }
  });
  await test('no true count of another organisation comes out, whoever asks', async () => {
    for (const account of ['coach', 'enhetschef']) {
      const { out } = await as(account, 'table decisions --by decision --where intervention=af-amt --audience unit');
      assert.doesNotMatch(out, /\b(82|12|10|9)\b/);
    }
    const { out } = await as('af-chef', `${by_sex} --audience unit`);
    assert.doesNotMatch(out, /\b(35|30|65)\b/);
  });
  await test('the director, the referrer, the outsider and the administrator get no true counts', async () => {
    for (const account of ['forbundschef', 'remittent', 'utomstaende', 'administrator']) {
      const { status, out, err } = await as(account, `${by_sex} --audience unit`);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^stafett: [^\n]+\n$/);
    }
  });
  await test('the director gets the protected table', async () => {
    const { status, out } = await as('forbundschef', by_sex);
    assert.equal(status, 0);
    assert.match(out, /35/);
  });
  await test('only a unit head brings in registers, and only into the own interventions', async () => {
    for (const account of ['coach', 'forbundschef', 'remittent', 'utomstaende']) {
      const { status, err } = await as(account, 'import participations assets/demo/gotland/deltagare.csv');
      assert.equal(status, 2);
      assert.match(err, /^stafett: [^\n]+\n$/);
    }
    const own = await as('enhetschef', 'import participations assets/demo/gotland/deltagare.csv');
    assert.equal(own.status, 0);
    assert.match(own.out, /65 fanns redan/);
    const other = await as('enhetschef', 'import decisions assets/demo/sundsvall/beslut.csv');
    assert.equal(other.status, 2);
    assert.match(other.out, /126 avvisades/);
  });
  await test('a unit head brings in the own contacts, once, and nobody without an organisation does', async () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'contacts-')), 'kontakter.csv');
    fs.writeFileSync(file, 'datum;vem frågade;slag;tema\n2025-03-01;AF;konsultation;sjukpenning\n2025-03-01;Eva;SIP;\n');
    assert.equal((await run(`import contacts ${file}`)).status, 2);
    assert.equal((await as('coach', `import contacts ${file}`)).status, 2);
    const once = await as('enhetschef', `import contacts ${file}`), again = await as('enhetschef', `import contacts ${file}`);
    assert.match(once.out, /1 rader lades till, 0 ändrades, 0 fanns redan, 1 avvisades/);
    assert.match(again.out, /0 rader lades till, 0 ändrades, 1 fanns redan, 1 avvisades/);
  });
  await test('only its owner changes an intervention', async () => {
    assert.equal((await as('enhetschef', 'intervention assets/demo/sundsvall/insats.toml')).status, 2);
    assert.equal((await as('forbundschef', 'intervention assets/demo/gotland/insats.toml')).status, 2);
    assert.equal((await as('af-chef', 'intervention assets/demo/sundsvall/insats.toml')).status, 0);
  });
};
