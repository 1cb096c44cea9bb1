import assert from 'node:assert/strict';
import { begin_with_password, invite } from '../colleagues.mjs';
import { begin_with_codes } from '../factors.mjs';

const reason = 'Kim ringde från akuten och behöver få tag på sin plan i dag.';
const finding = 'Berit fick samtalet när Cajsa var ledig. Rätt att öppna.';
const note = 'Läkartid den 3 mars, Kim vill ha sällskap.';

export default async ({ visitor, signed_in }, test) => {
  const elsa = await signed_in('enhetschef');
  const berit = await visitor();
  let kim;
  const to_review = () => elsa.page.getByRole('heading', { name: 'Nödöppningar att granska: 1' });

  await test('a colleague who works with nobody yet is invited, and chooses a password', async () => {
    await begin_with_codes(elsa);
    const way_in = await invite(elsa, { name: 'Berit Kollega', account: 'berit', role: 'coach' });
    await begin_with_password(berit, way_in, 'berit');
    assert.match(await berit.text('header'), /Berit Kollega/);
    const cajsa = await signed_in('coach');
    await cajsa.go('/interventions/jobbvagen-ar/participants');
    await cajsa.choose('J-001');
    kim = new URL(cajsa.page.url()).pathname;
    await cajsa.page.getByText('Skriv en anteckning').click();
    await cajsa.page.getByLabel('Vad den handlar om').selectOption('health');
    await cajsa.page.getByLabel('Anteckning', { exact: true }).fill(note);
    await cajsa.press('Spara anteckningen');
  });
  await test('for the colleague the participant is not there', async () => {
    await berit.go(kim, 404);
    await elsa.go('/');
    assert.equal(await to_review().count(), 0);
  });
  await test('an emergency needs a reason, and keeps what was written when it has none', async () => {
    await berit.go('/');
    await berit.choose('Nödöppna');
    await berit.page.getByLabel('Insats').selectOption({ label: 'Jobbvägen AR' });
    await berit.page.getByLabel('Deltagare').fill('J-001');
    await berit.page.getByLabel('Varför det inte kan vänta').fill('akut');
    await berit.press('Öppna i en halvtimme', 422);
    assert.equal(await berit.page.getByLabel('Deltagare').inputValue(), 'J-001');
    await berit.go(kim, 404);
  });
  await test('T18: with a reason the colleague sees the case, and writes nothing in it', async () => {
    await berit.go('/broken-glass');
    await berit.page.getByLabel('Insats').selectOption({ label: 'Jobbvägen AR' });
    await berit.page.getByLabel('Deltagare').fill('J-001');
    await berit.page.getByLabel('Varför det inte kan vänta').fill(reason);
    await berit.press('Öppna i en halvtimme');
    assert.equal(new URL(berit.page.url()).pathname, kim);
    assert.ok((await berit.text()).includes(note));
    assert.match(await berit.text(), /Du har nödöppnat.*en halvtimme/s);
    assert.equal(await berit.page.getByText('Skriv en anteckning').count(), 0);
    await berit.go(`${kim}/identity`, 404);
  });
  await test('the head sees it on the first page, and reviews it with a finding', async () => {
    await elsa.go('/');
    assert.equal(await to_review().count(), 1);
    await elsa.choose('Att granska');
    const text = await elsa.text();
    for (const words of ['Berit Kollega', 'J-001', 'Jobbvägen AR', reason]) assert.ok(text.includes(words), words);
    await elsa.press('Granskad', 422);
    await elsa.page.getByLabel('Vad du kom fram till').fill(finding);
    await elsa.press('Granskad');
    assert.match(await elsa.text(), /Inget att granska/);
  });
  await test('after that it no longer stands on the first page', async () => {
    await elsa.go('/');
    assert.equal(await to_review().count(), 0);
  });
  await test("the participant's extract tells of it, without the colleague's name", async () => {
    await elsa.go(kim);
    await elsa.choose('Vem som har tittat');
    const rows = await elsa.table('Vem som har tittat på ditt ärende');
    const looked = rows.filter((row) => row[4] === 'öppnade i en nödsituation, av ett skäl som enhetens chef granskar');
    assert.ok(looked.length >= 1);
    assert.ok(looked.every((row) => row[1] === 'Region Gotland' && row[2] === 'tittade i ditt ärende'));
    assert.ok(rows.some((row) => row[2] === 'nekades: tittade i ditt ärende' && row[4] === 'arbetade inte med dig'));
    assert.doesNotMatch(await elsa.text(), /Berit/);
  });
};
