import assert from 'node:assert/strict';

const where = (someone) => new URL(someone.page.url()).pathname;

export default async ({ signed_in }, test) => {
  const elsa = await signed_in('enhetschef');
  const menu = (someone) => someone.page.getByRole('navigation', { name: 'Huvudmeny' });
  const under = (someone, name) => menu(someone).locator('summary', { hasText: name });
  const place = (someone, name) => menu(someone).getByRole('link', { name, exact: true });

  await test('the menu stands in one row, what belongs together under one name', async () => {
    const heights = await menu(elsa).locator('> ul > li').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    assert.equal(new Set(heights).size, 1);
    assert.ok(heights.length <= 6);
    assert.equal(await place(elsa, 'Åtkomstlogg').isVisible(), false);
  });
  await test('what is folded is reached with the keyboard alone, and Escape folds it again', async () => {
    await elsa.tab_to(under(elsa, 'Enheten'));
    await elsa.page.keyboard.press('Enter');
    assert.ok(await place(elsa, 'Åtkomstlogg').isVisible());
    await elsa.page.keyboard.press('Escape');
    assert.equal(await place(elsa, 'Åtkomstlogg').isVisible(), false);
    await elsa.page.keyboard.press('Enter');
    await elsa.tab_to(place(elsa, 'Åtkomstlogg'));
    await elsa.follow(() => elsa.page.keyboard.press('Enter'));
    assert.equal(where(elsa), '/access-log');
  });
  await test('where one is shows on the place and on the name it stands under', async () => {
    assert.ok(await under(elsa, 'Enheten').evaluate((one) => one.classList.contains('here')));
    await under(elsa, 'Enheten').click();
    assert.equal(await place(elsa, 'Åtkomstlogg').getAttribute('aria-current'), 'page');
  });
  await test('only one part is unfolded at a time', async () => {
    await under(elsa, 'Uppföljning').click();
    assert.ok(await place(elsa, 'Rapporter').isVisible());
    assert.equal(await place(elsa, 'Åtkomstlogg').isVisible(), false);
  });
  await test('at 320 pixels it unfolds within the page, also without scripts, and my own page is in reach', async () => {
    const small = await signed_in('enhetschef', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    await under(small, 'Enheten').click();
    const box = await place(small, 'Medarbetare').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320);
    assert.ok(box.height >= 24, 'too small for a finger');
    await small.choose('Medarbetare');
    assert.equal(where(small), '/colleagues');
    await small.follow(() => small.page.getByRole('banner').getByRole('link', { name: 'Elsa Enhetschef' }).click());
    assert.equal(where(small), '/account');
  });
  await test('whoever has only one of several places sees it by itself', async () => {
    const cajsa = await signed_in('coach');
    assert.ok(await place(cajsa, 'Statistik').isVisible());
    assert.equal(await menu(cajsa).locator('summary').count(), 0);
  });
};
