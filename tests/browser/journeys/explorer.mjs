// Ask the explorer: a question of one's own, its answer on the page and in every file.
import assert from 'node:assert/strict';
import { read_csv, read_json_stat, read_px, read_xlsx } from '../../walk/reading.mjs';

const numbers = (rows) => rows.map((row) => row.map((cell) => (/^[\d ]+$/.test(cell) ? Number(cell.replaceAll(' ', '')) : cell)));

export default async ({ signed_in }, test) => {
  const head = await signed_in('enhetschef');
  const fetched = async (name, who = head) => (await who.fetch(() => who.page.locator('.downloads').getByRole('link', { name, exact: true }).click())).bytes;
  const asked = async () => numbers(await head.table(/Avslutade/));

  await test('the question and its button are reached with the keyboard', async () => {
    await head.go('/');
    await head.choose_under('Uppföljning', 'Statistik');
    await head.tab_to(head.page.getByLabel('Vad räknas'));
    await head.tab_to(head.page.getByLabel('Delat efter'));
    await head.tab_to(head.page.getByRole('button', { name: 'Räkna', exact: true }));
  });
  await test('closed by destination and sex, for one intervention and period, with true counts', async () => {
    await head.page.getByLabel('Vad räknas').selectOption('closed');
    await head.page.locator('#by1').selectOption('destination');
    await head.page.locator('#by2').selectOption('sex');
    await head.page.locator('#from').fill('2024-01-01');
    await head.page.locator('#to').fill('2025-05-31');
    await head.page.locator('summary', { hasText: /^insats/i }).click();
    await head.page.getByLabel('Jobbvägen AR', { exact: true }).check();
    await head.page.getByLabel('För vem').selectOption('unit');
    await head.press('Räkna');
    const rows = await asked();
    assert.deepEqual(rows.at(-1).slice(-3), [35, 30, 65]);
    assert.deepEqual(rows.find(([name]) => name.startsWith('SOF')).slice(-3), [7, 13, 20]);
    assert.match(await head.text(), /1 januari 2024–31 maj 2025/);
  });
  await test('what was asked stays in the form and in the address', async () => {
    assert.equal(await head.page.locator('#by2').inputValue(), 'sex');
    const rows = await asked();
    await head.go(head.page.url());
    assert.deepEqual(await asked(), rows);
  });
  const equal = async (who, audience) => {
    const rows = numbers(await who.table(/Avslutade/));
    const cells = (name) => rows.find(([first]) => first === name)?.slice(1, 4);
    await test(`the CSV says what the screen says, ${audience}`, async () => {
      const csv = read_csv(await fetched('CSV', who));
      assert.ok(rows.length >= 10);
      for (const row of numbers(csv).slice(1, 11)) assert.deepEqual(row[0] === 'Totalt' ? rows.at(-1).slice(-3) : cells(row[0]), row.slice(1, 4), row.join());
    });
    await test(`so does the Excel file, ${audience}`, async () => {
      const sheet = read_xlsx(await fetched('Excel', who));
      for (const [name, ...values] of rows.slice(1, -1)) assert.deepEqual(sheet.find(([first]) => first === name)?.slice(1, 4), values.slice(0, 3), name);
    });
    await test(`so does the JSON-stat to its own toolkit, ${audience}`, async () => {
      const { at } = read_json_stat(await fetched('JSON-stat', who));
      for (const [destination, ...values] of rows.slice(1, -1))
        ['kvinna', 'man'].forEach((sex, i) => assert.equal(at({ destination, sex })?.value ?? '..', values[i], destination));
    });
    await test(`so does the PX file, ${audience}`, async () => {
      const px = read_px(await fetched('PX', who));
      assert.deepEqual(numbers([px.DATA])[0], rows.slice(1).flatMap((row) => row.slice(-3)));
    });
  };
  await equal(head, 'with true counts');

  await test('limited to women, the men are gone and the sum is 35', async () => {
    await head.page.locator('summary', { hasText: /^kön/i }).click();
    await head.page.getByLabel('kvinna', { exact: true }).check();
    await head.press('Räkna');
    assert.equal((await asked()).at(-1).at(-1), 35);
    assert.match(await head.text('summary:has-text("kön")'), /1/);
  });
  await test('three divisions hold at 320 pixels, and a fourth cannot be asked for', async () => {
    await head.page.locator('#by3').selectOption('year');
    await head.press('Räkna');
    assert.equal(await head.page.locator('select[name=by]').count(), 3);
    await head.go('/statistics?measure=closed&by=sex&by=year&by=destination&by=site', 422);
  });
  await test('a mean and a median stand with how many they rest on', async () => {
    await head.go('/statistics?measure=stay&by=sex&intervention=jobbvagen-ar&audience=unit');
    const [headings, women] = await head.table(/./);
    assert.match(headings.join(), /Antal.*[Mm]edel.*[Mm]edian/);
    assert.equal(women[1], '35');
  });
  await test('a question that cannot be read is answered with what is wrong', async () => {
    await head.go('/statistics?measure=clsed', 422);
    assert.match(await head.text(), /clsed/);
    await head.go('/statistics?measure=closed&from=2024-13-01', 422);
    assert.match(await head.text(), /2024-13-01/);
  });

  const director = await signed_in('forbundschef');
  await test('the director gets the protected table and no choice of true counts', async () => {
    await director.go('/statistics?measure=closed&by=destination&by=sex&from=2024-01-01&to=2025-05-31&intervention=jobbvagen-ar');
    assert.equal(await director.page.getByLabel('För vem').count(), 0);
    const rows = await director.table(/Avslutade/);
    assert.deepEqual(rows.at(-1).slice(-3), ['35', '30', '65']);
    for (const row of rows.slice(1)) for (const cell of row.slice(1, 4)) assert.ok(cell === '..' || cell === '0' || Number(cell) >= 5, row.join());
  });
  await equal(director, 'protected');
  await test('true counts are refused to the director, on the page and as a file', async () => {
    const query = 'measure=closed&by=destination&by=sex&intervention=jobbvagen-ar&audience=unit';
    await director.go(`/statistics?${query}`, 403);
    for (const file of ['csv', 'xlsx', 'json', 'px']) assert.equal((await director.context.request.get(`/statistics/table.${file}?${query}`)).status(), 403, file);
  });
  await test('three women in an intervention: the table is withheld, and says so', async () => {
    await director.go('/statistics?measure=started&by=sex&intervention=narmare');
    assert.match(await director.text(), /För få/);
    assert.equal(await director.page.locator('main table').count(), 0);
    const csv = (await director.context.request.get('/statistics/table.csv?measure=started&by=sex&intervention=narmare')).text();
    assert.doesNotMatch((await csv).split('\n\r')[0], /;[123](;|\r)/);
  });
  await test('what every measure and sign means is explained', async () => {
    await director.choose('Så räknar vi');
    assert.match(await director.text(), /365[,.]25/);
    assert.match(await director.text(), /färre än fem/);
  });
};
