// Contacts and consultations: one line, with the keyboard alone, with scripts and without.
import assert from 'node:assert/strict';

const first_row = async (someone) => (await someone.table(/De senaste/))[1];

export default async ({ signed_in }, test) => {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with scripts' : 'without scripts, at 320 pixels';
    const cajsa = await signed_in('coach', { javaScriptEnabled, viewport: { width: javaScriptEnabled ? 1280 : 320, height: 900 } });
    const type = (text) => cajsa.page.keyboard.type(text);
    const press = (...keys) => keys.reduce((before, key) => before.then(() => cajsa.page.keyboard.press(key)), Promise.resolve());
    const enter = (status) => cajsa.follow(() => press('Enter'), status);

    await test(`the next contact takes a theme, Tab, two digits and Enter, ${how}`, async () => {
      await cajsa.choose('Kontakter');
      await type('skuldråd');
      await press('Tab');
      await type('15');
      await enter();
      const row = await first_row(cajsa);
      assert.equal(row[3], 'skuldråd');
      assert.equal(row[5], '15');
    });
    await test(`who asked is changed three steps back, and a personal number is refused where it stands, ${how}`, async () => {
      await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
      await type('fk');
      await press('Tab', 'Tab', 'Tab');
      await type('640823-3234');
      await enter(422);
      assert.match(await cajsa.text('.ds-error-summary'), /ser ut som ett personnummer/);
      await cajsa.page.locator('#theme').fill('ny fråga');
      await cajsa.page.locator('#minutes').focus();
      await enter();
      assert.match((await first_row(cajsa))[1], /^Försäkringskassan/);
    });
    await test(`what was just written is taken back, ${how}`, async () => {
      for (const theme of ['ny fråga', 'skuldråd']) {
        assert.equal((await first_row(cajsa))[3], theme);
        await cajsa.follow(() => cajsa.page.locator('tbody').getByRole('button').first().click());
      }
      assert.notEqual((await first_row(cajsa))[3], 'skuldråd');
    });
  }
  await test('the director and the outsider have no such place', async () => {
    for (const account of ['forbundschef', 'utomstaende']) {
      const other = await signed_in(account);
      assert.equal(await other.page.getByRole('link', { name: 'Kontakter', exact: true }).count(), 0);
      await other.go('/contacts', 403);
    }
  });
};
