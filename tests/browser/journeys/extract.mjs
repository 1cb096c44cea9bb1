import assert from 'node:assert/strict';
import { read_pdf } from '../../walk/reading.mjs';
import { begin_with_codes } from '../factors.mjs';

export default async ({ signed_in }, test) => {
  const cajsa = await signed_in('coach'), agda = await signed_in('af-coach'), elsa = await signed_in('enhetschef');
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  let kim;

  await test('a coach looks, writes and notes a consent; another authority looks in; an outsider is refused', async () => {
    await cajsa.go('/interventions/jobbvagen-ar/participants');
    await cajsa.choose('J-001');
    kim = new URL(cajsa.page.url()).pathname;
    await cajsa.page.getByText('Skriv en anteckning').click();
    await cajsa.page.getByLabel('Vad den handlar om').selectOption('planning');
    await cajsa.page.getByLabel('Anteckning', { exact: true }).fill('Börjar på måndag.');
    await cajsa.press('Spara anteckningen');
    await cajsa.go(`${kim}/consents/new`);
    await cajsa.page.getByLabel('Vem som får veta').selectOption({ label: 'Arbetsförmedlingen' });
    await cajsa.page.getByRole('checkbox', { name: 'planering' }).check();
    await cajsa.page.getByLabel('Från').fill(day(0));
    await cajsa.page.getByLabel('Till och med').fill(day(90));
    await cajsa.page.getByLabel('Förklarat på').fill('svenska');
    await cajsa.page.getByLabel('Var blanketten finns, eller vem som hörde det').fill('Pärm 4');
    await cajsa.press('Anteckna samtycket');
    await agda.go(kim);
    const ulla = await signed_in('utomstaende');
    await ulla.go(kim, 404);
  });
  await test('a head whose sign-in is not fresh is asked for it first', async () => {
    await elsa.go('/interventions/jobbvagen-ar/participants');
    await elsa.choose('J-001');
    await elsa.choose('Vem som har tittat');
    assert.equal(new URL(elsa.page.url()).pathname, '/sign-in/again');
    await begin_with_codes(elsa);
  });
  let rows;
  await test('the extract tells who looked, from where, at what and why, in the order it was done', async () => {
    await elsa.go(`${kim}/log`);
    const [heads, ...lines] = await elsa.table('Vem som har tittat på ditt ärende');
    assert.deepEqual(heads, ['När', 'Myndighet och enhet', 'Vad', 'Vilka uppgifter', 'Varför']);
    rows = lines.map(([, ...rest]) => rest);
    const made = rows.findIndex(([, what]) => /^tittade/.test(what));  // before it stands what the demo area was made with
    const place = (words) => rows.findIndex((row, at) => at >= made && words.every((word, i) => word.test(row[i])));
    const steps = [
      [/^Region Gotland$/, /^tittade i ditt ärende$/, /planering/, /^arbetar med dig i insatsen$/],
      [/^Region Gotland$/, /^skrev i ditt ärende$/, /planering/, /^arbetar med dig i insatsen$/],
      [/^Region Gotland$/, /^antecknade ditt samtycke$/, /./, /^arbetar med dig i insatsen$/],
      [/^Arbetsförmedlingen$/, /^tittade i ditt ärende$/, /^planering$/, /^ditt samtycke från \d+ \w+ \d{4}, samordna insatsen$/],
    ].map(place);
    assert.deepEqual(steps, [...steps].sort((a, b) => a - b), JSON.stringify(rows, null, 1));
    assert.ok(!steps.includes(-1), JSON.stringify(rows, null, 1));
    assert.ok(place([/^Region Västernorrland$/, /^nekades: tittade i ditt ärende$/]) > steps[0], JSON.stringify(rows, null, 1));
  });
  await test('nobody who works there is named, and nothing of what was written is repeated', async () => {
    assert.doesNotMatch(await elsa.text(), /Cajsa|Agda|Elsa|Ulla|Börjar på måndag/);
  });
  await test('on paper it is the same lines, with page numbers and without what belongs to the screen', async () => {
    const paper = read_pdf(await elsa.page.pdf()).replace(/\s+/g, ' ');
    assert.match(paper, /Vem som har tittat på ditt ärende/);
    assert.match(paper, /Sida 1 av \d/);
    for (const word of ['Skriv ut', 'Logga ut', 'Statistik']) assert.ok(!paper.includes(word), word);
    const count = (word) => paper.split(word).length - 1;  // a cell's words may stand on several lines
    for (const word of ['tittade', 'skrev', 'antecknade', 'nekades:', 'Arbetsförmedlingen'])
      assert.equal(count(word), rows.filter((row) => row.some((cell) => cell.includes(word))).length, word);
  });
  await test('to make the extract is itself noted', async () => {
    await elsa.go(`${kim}/log`);
    const lines = await elsa.table('Vem som har tittat på ditt ärende');
    assert.ok(lines.some((row) => row[2] === 'läste vem som har tittat' && row[4] === 'är chef för enheten som arbetar med dig'), JSON.stringify(lines, null, 1));
  });
};
