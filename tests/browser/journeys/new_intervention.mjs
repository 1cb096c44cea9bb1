// An intervention that is made and changed on the page.
import assert from 'node:assert/strict';

export default async ({ signed_in }, test) => {
  const head = await signed_in('enhetschef');
  const fill = (id, value) => head.page.locator(`#${id}`).fill(value);

  await test('an empty form is answered with what is missing, at the fields', async () => {
    await head.go('/interventions');
    await head.choose('Ny insats');
    await head.press('Spara', 422);
    assert.match(await head.page.title(), /^Fel: /);
    assert.equal(await head.page.locator('#name').getAttribute('aria-invalid'), 'true');
    const link = head.page.locator('.ds-error-summary a').first();
    const at = (await link.getAttribute('href')).slice(1);
    await link.click();
    assert.equal(await head.page.evaluate(() => document.activeElement.id), at);
  });
  await test('an intervention is made with destinations and a goal', async () => {
    await fill('name', 'Nya vägar');
    await fill('from', '2024-01-01');
    await fill('target_group', 'De som vill vidare');
    await fill('sites', 'Visby\nSlite');
    await fill('destination-1-name', 'Arbete');
    await head.page.locator('#destination-1-group').selectOption('work');
    await fill('destination-2-name', 'Vård');
    await head.page.locator('#destination-2-group').selectOption('health');
    await head.page.locator('#goal-1-text').evaluate((field) => (field.closest('details').open = true));
    await fill('goal-1-text', 'Minst hälften till arbete');
    await head.page.locator('#goal-1-kind').selectOption('share');
    await head.page.locator('#goal-1-of').selectOption('closed');
    await fill('goal-1-target', '50');
    await head.page.locator('#goal-1-counts-1-dimension').selectOption('destination');
    await fill('goal-1-counts-1-values', 'Arbete');
    await head.press('Spara');
    assert.match(await head.text(), /Nya vägar.*Minst hälften till arbete/s);
  });
  const address = () => new URL(head.page.url()).pathname;
  await test('it is changed, and the earlier version is kept', async () => {
    const place = address();
    await head.choose('Ändra');
    await fill('name', 'Nya vägar fram');
    await head.press('Spara');
    assert.match(await head.text(), /Nya vägar fram/);
    await head.go(`${place}/versions`);
    assert.equal((await head.page.locator('tbody tr').count()), 2);
    await head.go(place);
  });
  await test('who changes what another has just changed is told so, and the first change stands', async () => {
    const place = address();
    await head.go(`${place}/edit`);
    const version = await head.page.locator('input[name=version]').inputValue();
    await fill('name', 'Först');
    await head.press('Spara');
    await head.go(`${place}/edit`);
    await head.page.locator('input[name=version]').evaluate((field, old) => (field.value = old), version);
    await fill('name', 'Sist');
    await head.press('Spara', 409);
    assert.match(await head.text(), /Någon annan har ändrat insatsen/);
    await head.go(place);
    assert.match(await head.text(), /Först/);
  });
  await test('its file comes down and goes up again unchanged', async () => {
    const place = address();
    const file = await head.fetch(() => head.page.getByRole('link', { name: 'Insatsens fil' }).click());
    assert.match(file.bytes.toString(), /name = "Först"/);
    await head.go('/interventions/file');
    await head.page.locator('input[type=file]').setInputFiles({ name: 'insats.toml', mimeType: 'application/toml', buffer: file.bytes });
    await head.press('Lägg till');
    await head.go(`${place}/versions`);
    assert.equal((await head.page.locator('tbody tr').count()), 3);
  });
  await test('a file with a misspelt word is refused with its line and the nearest word', async () => {
    await head.go('/interventions/file');
    await head.page.locator('input[type=file]').setInputFiles({ name: 'insats.toml', mimeType: 'application/toml', buffer: Buffer.from('id = "x"\nnamn = "X"\n') });
    await head.press('Lägg till', 422);
    assert.match(await head.text('.ds-error-summary'), /Rad 2.*namn.*name/s);
  });
  for (const account of ['coach', 'forbundschef', 'utomstaende', 'af-chef'])
    await test(`${account} may not change it`, async () => {
      const someone = await signed_in(account);
      await someone.go('/interventions/jobbvagen-ar');
      assert.equal(await someone.page.getByRole('link', { name: 'Ändra', exact: true }).count(), 0);
      await someone.page.goto('/interventions/jobbvagen-ar/edit');
      assert.ok([403, 404].includes(someone.shown().status()));
    });
};
