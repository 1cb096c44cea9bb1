// Look at an intervention: the published figures of data that was handed in, for those who may see the persons behind
// them and for those who may not.
import assert from 'node:assert/strict';

const gotland = '/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31';
const outcomes = 'Avslutade efter vart de gick och kön';

export default async ({ signed_in }, test) => {
  const head = await signed_in('enhetschef');
  await test('the unit head finds Jobbvägen AR from the start page and asks for a period', async () => {
    await head.choose('Jobbvägen AR');
    await head.page.getByLabel('Från', { exact: true }).fill('2024-01-01');
    await head.page.getByLabel('till', { exact: true }).fill('2025-05-31');
    await head.press('Visa');
    assert.match(head.page.url(), /from=2024-01-01&to=2025-05-31/);
  });
  await test('65 closed, 35 women and 30 men, to nine destinations as published', async () => {
    const rows = await head.table(outcomes);
    const published = [[6, 5], [3, 0], [1, 2], [0, 1], [3, 4], [8, 2], [3, 1], [7, 13], [4, 2]];
    assert.deepEqual(rows.slice(1, -1).map((row) => row.slice(1, 4).map(Number)), published.map(([women, men]) => [women, men, women + men]));
    assert.deepEqual(rows.at(-1), ['Alla', '35', '30', '65', '100,0 %']);
    assert.match(await head.text('.figures'), /Avslutade\s+65\s+35 kvinnor, 30 män/);
  });
  await test('the goal: 43,1 %, not reached, 28 of 65; women 17 of 35 and men 11 of 30', async () => {
    const goals = await head.text('.goals');
    assert.match(goals, /Minst 55 %.*ej nått.*43,1 %.*28 av 65\. Kvinnor 48,6 % \(17 av 35\), män 36,7 % \(11 av 30\)/s);
    assert.match(goals, /Cirka 45.*\bnått\b.*45,9.*65 på 17 månader/s);
    assert.match(await head.text('.figures'), /43,1 %\s+28 av 65/);
  });
  await test('the chart of in and out per month says the same as its table', async () => {
    await head.page.getByText('Visa som tabell').click();
    const rows = await head.table('In och ut, per månad');
    assert.equal(rows.slice(1, -1).length, 17);
    assert.equal(rows.at(-1)[2], '65');
    assert.equal(rows.slice(1, -1).reduce((sum, row) => sum + Number(row[2]), 0), 65);
  });
  await test('what can be done there is reached with the keyboard, in the order it is read', async () => {
    await head.go(gotland);
    for (const name of ['Ändra', 'Hämta som Excel', 'Gör rapport']) await head.tab_to(head.page.getByRole('link', { name, exact: true }));
    await head.tab_to(head.page.getByLabel('Från', { exact: true }));
    await head.tab_to(head.page.getByRole('button', { name: 'Visa', exact: true }));
  });
  await test('a period that ends before it begins is not taken for an answer', async () => {
    await head.go('/interventions/jobbvagen-ar?from=2025-05-31&to=2024-01-01', 422);
    assert.match(await head.text(), /Perioden slutar innan den börjar/);
  });

  let participant;
  await test('the coach sees who took part, and one of them', async () => {
    const coach = await signed_in('coach');
    await coach.go('/interventions/jobbvagen-ar');
    await coach.choose('Deltagare');
    await coach.choose('J-012');
    participant = new URL(coach.page.url()).pathname;
    assert.match(await coach.text(), /Arbete utan subvention/);
  });

  const director = await signed_in('forbundschef');
  await test('the director of the association sees the sums, and small numbers protected', async () => {
    await director.go(gotland);
    const rows = await director.table(outcomes);
    assert.deepEqual(rows.at(-1).slice(0, 4), ['Alla', '35', '30', '65']);
    for (const row of rows.slice(1, -1))
      for (const cell of row.slice(1, 4)) assert.ok(cell === '..' || cell === '0' || Number(cell) >= 5, row.join(' '));
    assert.ok(rows.flat().filter((cell) => cell === '..').length >= 10);
    assert.match(await director.text('.goals'), /43,1 %/);
  });
  for (const account of ['forbundschef', 'utomstaende', 'remittent', 'administrator', 'af-chef'])
    await test(`${account} never meets a person of Jobbvägen AR: those pages are not there`, async () => {
      const someone = account === 'forbundschef' ? director : await signed_in(account);
      await someone.go('/interventions/jobbvagen-ar');
      assert.equal(await someone.page.locator('main a[href*="/participants"]').count(), 0);
      await someone.go('/interventions/jobbvagen-ar/participants', 404);
      await someone.go(participant, 404);
      assert.doesNotMatch(await someone.text('body'), /J-0\d\d/);
    });
  await test('three women in an intervention are not shown to the director, in table, chart or goal', async () => {
    await director.go('/interventions/narmare');
    for (const row of await director.table(outcomes)) for (const cell of row.slice(1)) assert.doesNotMatch(cell, /^[1-4]$/);
    assert.match(await director.text('.goals'), /ej mätbart/);
    assert.doesNotMatch(await director.text(), /\b[123] (kvinnor|män|av \d)/);
    await director.page.getByText('Visa som tabell').click();
    for (const row of await director.table('In och ut, per månad')) for (const cell of row.slice(1)) assert.doesNotMatch(cell, /^[1-4]$/);
  });
};
