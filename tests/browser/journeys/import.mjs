// Import with rejects: see what would happen, confirm, mend what was refused.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { read_csv } from '../../walk/reading.mjs';

const broken = 'tests/registers/broken/deltagare.csv';
const count = async (someone) => {
  await someone.go('/interventions/jobbvagen-ar/participants');
  return Number((await someone.text('.head')).match(/· (\d+)/)[1]);
};

export default async ({ signed_in }, test) => {
  const head = await signed_in('enhetschef');
  const figures = async () => Object.fromEntries((await head.page.locator('.figures > div').evaluateAll((all) => all.map((one) => [one.children[0].textContent, Number(one.children[1].textContent)]))));
  const upload = async (file, status) => {
    await head.go('/imports');
    await head.page.getByLabel('Fil', { exact: true }).setInputFiles(file);
    await head.press('Se vad som händer', status);
  };
  let rejects;

  await test('the choice of file and the button are reached with the keyboard', async () => {
    await head.go('/');
    await head.choose_under('Enheten', 'Läs in');
    await head.tab_to(head.page.getByLabel('Deltaganden'));
    await head.tab_to(head.page.getByLabel('Fil', { exact: true }));
    await head.tab_to(head.page.getByRole('button', { name: 'Se vad som händer' }));
  });
  await test('nothing chosen is answered with what to do', async () => {
    await head.press('Se vad som händer', 422);
    assert.match(await head.page.title(), /^Fel: /);
    assert.equal(await head.page.getByLabel('Fil', { exact: true }).getAttribute('aria-invalid'), 'true');
  });
  await test('the broken register: two rows would come in and eleven are refused, each with its fault', async () => {
    await upload(broken);
    assert.deepEqual(await figures(), { Nya: 2, Ändrade: 0, Oförändrade: 0, Avvisade: 11 });
    const rows = await head.table('Rader som inte kan tas emot');
    assert.deepEqual(rows.slice(1).map((row) => row[0]), ['3', '4', '5', '6', '7', '8', '9', '10', '12', '13', '14']);
    assert.match(rows[3][2], /kön: .kvina. är okänt\. Menade du .kvinna.\?/);
  });
  await test('nothing is kept before it is confirmed', async () => {
    const preview = head.page.url();
    assert.equal(await count(head), 65);
    await head.go(preview);
  });
  await test('the rejects are downloaded: the same columns, the number of the row and its faults', async () => {
    const file = await head.fetch(() => head.page.getByRole('link', { name: 'Hämta dem som CSV' }).click());
    assert.match(file.name, /\.csv$/);
    rejects = read_csv(file.bytes);
    assert.deepEqual(rejects[0].slice(-2), ['rad', 'fel']);
    assert.equal(rejects.length, 12);
    assert.ok(!rejects.flat().some((cell) => /^[=+\-@]/.test(cell)), 'a cell is a formula');
  });
  await test('confirmed, the two rows are in, and what looked like a formula is a text', async () => {
    await head.press('Läs in 2 rader');
    assert.match(await head.text(), /Registret är inläst/);
    assert.equal(await count(head), 67);
    await head.choose('Nästa');
    assert.match(await head.text(), /=HYPERLINK\("http:\/\/x"\)/);
    assert.equal(await head.page.locator('a[href^="http://x"]').count(), 0);
  });
  await test('the same register again would change nothing, and there is nothing to confirm', async () => {
    await upload(broken);
    assert.deepEqual(await figures(), { Nya: 0, Ändrade: 0, Oförändrade: 2, Avvisade: 11 });
    assert.equal(await head.page.getByRole('button', { name: /^Läs in / }).count(), 0);
  });
  await test('the rejects, mended, come in', async () => {
    const mended = rejects.slice(1).filter((row) => ['3', '5', '10'].includes(row.at(-2))).map((row) => row.map((cell) => cell.replace('2024-13-01', '2024-02-01').replace(/^kvina$/, 'kvinna').replace(/^2031$/, '1981')));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stafett-mended.'));
    fs.writeFileSync(`${folder}/mended.csv`, [rejects[0], ...mended].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n'));
    await upload(`${folder}/mended.csv`);
    fs.rmSync(folder, { recursive: true });
    assert.deepEqual(await figures(), { Nya: 3, Ändrade: 0, Oförändrade: 0, Avvisade: 0 });
    await head.press('Läs in 3 rader');
    assert.equal(await count(head), 70);
  });
  await test('a file of another kind is refused with what to do, and the page stays usable', async () => {
    await upload('assets/forms/slutrapport-insats.docx', 422);
    assert.match(await head.text('.ds-error-summary'), /Word-dokument/);
  });
  await test('decisions of another organisation are refused row by row, and nothing can be confirmed', async () => {
    await head.go('/imports');
    await head.page.getByLabel('Beslut').check();
    await head.page.getByLabel('Fil', { exact: true }).setInputFiles('assets/demo/sundsvall/beslut.csv');
    await head.press('Se vad som händer');
    assert.equal((await figures()).Avvisade, 126);
    assert.equal(await head.page.getByRole('button', { name: /^Läs in / }).count(), 0);
  });
  await test('nobody else finds an import, nor may begin one', async () => {
    await head.go('/imports');
    const address = await head.page.locator('a[href^="/imports/"]').first().getAttribute('href');
    for (const account of ['coach', 'forbundschef', 'utomstaende']) {
      const someone = await signed_in(account);
      await someone.go('/imports', 403);
      await someone.page.goto(address);
      assert.ok([403, 404].includes(someone.shown().status()));
    }
    const arne = await signed_in('af-chef');
    await arne.go(address, 404);
  });
};
