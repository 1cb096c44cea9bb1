import assert from 'node:assert/strict';

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const words = { planning: 'Kim vill börja på förmiddagar.', work: 'Praktik på biblioteket från mars.', health: 'Ont i ryggen sedan i höstas.' };

export default async ({ signed_in }, test) => {
  const cajsa = await signed_in('coach'), agda = await signed_in('af-coach');
  let kim;
  const box = (someone, name) => someone.page.getByRole('checkbox', { name, exact: true });
  // What the other party's coach sees of Kim when she loads the page anew.
  const seen = async (status = 200) => {
    await agda.go(kim, status);
    const text = await agda.text();
    return { text, notes: Object.keys(words).filter((kind) => text.includes(words[kind])) };
  };

  await test('a coach writes who Kim is, and three notes of different kinds', async () => {
    await cajsa.go('/interventions/jobbvagen-ar/participants');
    await cajsa.choose('J-001');
    kim = new URL(cajsa.page.url()).pathname;
    await cajsa.choose('Ändra namn och kontakt');
    await cajsa.page.getByLabel('Namn').fill('Kim Exempel');
    await cajsa.press('Spara');
    for (const [kind, word] of Object.entries(words)) {
      await cajsa.page.getByText('Skriv en anteckning').click();
      await cajsa.page.getByLabel('Vad den handlar om').selectOption(kind);
      await cajsa.page.getByLabel('Anteckning', { exact: true }).fill(word);
      await cajsa.press('Spara anteckningen');
    }
    const text = await cajsa.text();
    assert.match(text, /Kim Exempel/);
    for (const word of Object.values(words)) assert.ok(text.includes(word));
  });
  const nothing = (text) => {
    assert.match(text, /Region Gotland har uppgifter som inte delas med er/);
    assert.doesNotMatch(text, /J-001|Kim Exempel|1985|\bman\b|Visby|Avslutad/);
  };
  await test('without consent the other party, who works with Kim too, sees only that there is something', async () => {
    const { text, notes } = await seen();
    assert.deepEqual(notes, []);
    nothing(text);
  });
  await test('for those who do not work with Kim nobody is there', async () => {
    const arne = await signed_in('utomstaende');
    await arne.go(kim, 404);
    const text = await arne.text();
    assert.match(text, /Deltagaren finns inte/);
    await arne.go('/participants/01arz3ndektsv4rrffq69g5fav', 404);
    assert.equal(await arne.text(), text);
  });

  await test('a consent without what it needs is refused, and keeps what was written', async () => {
    await cajsa.choose('Samtycken');
    await cajsa.choose('Anteckna ett samtycke');
    await cajsa.page.getByLabel('Vem som får veta').selectOption({ label: 'Arbetsförmedlingen' });
    await box(cajsa, 'planering').check();
    await cajsa.press('Anteckna samtycket', 422);
    assert.ok(await box(cajsa, 'planering').isChecked());
    assert.equal(await cajsa.page.getByLabel('Vem som får veta').locator('option:checked').innerText(), 'Arbetsförmedlingen');
  });
  await test('Kim lets the employment service know of planning and work, half a year, said aloud', async () => {
    await box(cajsa, 'arbete och studier').check();
    await box(cajsa, 'Även det som står i fritext').check();
    await cajsa.page.getByLabel('Ändamål').selectOption({ label: 'samordna insatsen' });
    await cajsa.page.getByLabel('Från').fill(day(0));
    await cajsa.page.getByLabel('Till och med').fill(day(180));
    await cajsa.page.getByLabel('Förklarat på').fill('svenska');
    await cajsa.page.getByLabel('Hur det lämnades').selectOption({ label: 'muntligt, och antecknat' });
    await cajsa.page.getByLabel('Var blanketten finns, eller vem som hörde det').fill('Cajsa Coach hörde det.');
    await cajsa.press('Anteckna samtycket');
    assert.match(await cajsa.text(), /Region Gotland → Arbetsförmedlingen\s+gäller.*planering, arbete och studier · även fritext/s);
  });
  await test('the other party sees just that, and that there is something more, not what', async () => {
    const { text, notes } = await seen();
    assert.deepEqual(notes, ['planning', 'work']);
    assert.doesNotMatch(text, /Kim Exempel|[Hh]älsa|[Ff]örsörjning/);
    assert.match(text, /Avslutad till\s+Arbete utan subvention/);
    assert.match(text, /Region Gotland har uppgifter som inte delas med er/);
    await agda.go('/interventions/jobbvagen-ar/participants', 404);  // one participant's door opens no list
    await agda.go(`${kim}/identity`, 404);
  });

  const withdraw = async (...kinds) => {
    await cajsa.go(`${kim}/consents`);
    await cajsa.page.locator('summary', { hasText: 'Återkalla' }).click();
    for (const kind of ['planering', 'arbete och studier'])
      if (await box(cajsa, kind).count()) await box(cajsa, kind).setChecked(kinds.includes(kind));
    await cajsa.press('Återkalla');
  };
  await test('Kim takes work back: the next time the other party looks, it is not there', async () => {
    await withdraw('arbete och studier');
    const { text, notes } = await seen();
    assert.deepEqual(notes, ['planning']);
    assert.doesNotMatch(text, /Praktik/);
    assert.match(await cajsa.text(), /gäller.*Återkallat\s+arbete och studier/s);
  });
  await test('Kim takes the rest back: the next time there is nothing', async () => {
    await withdraw('planering');
    const { text, notes } = await seen();
    assert.deepEqual(notes, []);
    nothing(text);
    assert.match(await cajsa.text(), /återkallat.*arbete och studier.*planering/s);
    assert.equal(await cajsa.page.locator('summary', { hasText: 'Återkalla' }).count(), 0);
  });
};
