// The main pages seen otherwise: without script, in the dark, in forced colours, on paper.
import assert from 'node:assert/strict';

const pages = ['/', '/interventions', '/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31', '/statistics?measure=closed&by=destination&by=sex', '/imports', '/reports/new', '/about', '/definitions'];

export default async ({ signed_in }, test) => {
  const seen_by = async (words, options, also = async () => {}) => {
    const head = await signed_in('enhetschef', options);
    for (const address of pages)
      await test(`${address.replace(/\?.*/, '')} ${words}`, async () => {
        await head.go(address);
        await also(head, address);
      });
  };
  await seen_by('holds in the dark', { colorScheme: 'dark' }, async ({ page }) => {
    const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number));
    assert.ok(Math.max(...light) < 100, `the background is ${light}`);
  });
  await seen_by('holds in forced colours', { forcedColors: 'active' });
  await seen_by('holds without script', { javaScriptEnabled: false }, async ({ page }) => {
    assert.equal(await page.locator('.with-script:visible').count(), 0);
  });
  await seen_by('holds on paper', {}, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['header nav', 'footer', 'main button', 'main input']) assert.equal(await page.locator(`${hidden}:visible`).count(), 0, hidden);
    assert.ok(await page.locator('h1').isVisible());
    await page.setViewportSize({ width: 680, height: 900 });  // A4 between its margins
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px do not fit on the paper`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: null });
  });

  await test('without script a person signs in, brings in a register and signs out', async () => {
    const head = await signed_in('enhetschef', { javaScriptEnabled: false });
    await head.go('/imports');
    await head.page.getByLabel('Fil', { exact: true }).setInputFiles('tests/registers/broken/deltagare.csv');
    await head.press('Se vad som händer');
    await head.press('Läs in 2 rader');
    assert.match(await head.text(), /Registret är inläst/);
    await head.press('Logga ut');
  });
};
