import assert from 'node:assert/strict';

export default async ({ visitor, signed_in }, test) => {
  const anyone = await visitor();
  await test('the pages are in Swedish, and in English when that is chosen, until Swedish is chosen again', async () => {
    await anyone.go('/about');
    assert.match(await anyone.text('h1'), /Om Stafett/);
    await anyone.choose('English');
    assert.equal(new URL(anyone.page.url()).pathname, '/about');
    assert.equal(await anyone.page.locator('html').getAttribute('lang'), 'en');
    assert.match(await anyone.text('h1'), /About Stafett/);
    await anyone.go('/sign-in');
    assert.match(await anyone.text('h1'), /Sign in/);
    await anyone.choose('Svenska');
    assert.match(await anyone.text('h1'), /Logga in/);
  });
  await test('in English the figures have an English point and the goal English words', async () => {
    const head = await signed_in('enhetschef');
    await head.go('/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31');
    await head.choose('English');
    assert.match(head.page.url(), /from=2024-01-01&to=2025-05-31/);
    assert.match(await head.text('.goals'), /not reached.*28 of 65/s);
    assert.match(await head.text('.figures'), /43\.1\s?%/);
  });
};
