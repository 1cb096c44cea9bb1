// Someone at the pages. Every page they come to is examined; what the browser complained of on the way fails the step.
import fs from 'node:fs';
import { remember } from '../walk/sealed.mjs';
import { password, plain_spaces } from '../walk/stafett.mjs';
import { examine } from './examination.mjs';

// `scripted`: whether the pages' script runs.
export async function visit(context, { scripted, pictures }) {
  const page = await context.newPage();
  const complaints = [];  // of the browser, since the last look
  let shown = null;       // the reply that the page was made of
  const is_page = (request) => request.isNavigationRequest() && request.frame() === page.mainFrame();

  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  page.on('console', (message) => {
    const about_the_page = message.location().url === shown?.url() && message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !about_the_page) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error}`));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'net::ERR_ABORTED' && request.url().includes('/assets/mark.svg')) return;  // the browser left before it had the tab's picture
    if (!is_page(request)) complaints.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`);  // a page that turns out to be a file is no page
  });
  page.on('request', (request) => {
    if (request.method() === 'POST') remember(request.url(), request.postData() ?? '');
  });
  page.on('response', (response) => {
    if (is_page(response.request())) {
      if (response.status() < 300 || response.status() >= 400) shown = response;
    } else if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });

  const look = async (status = 200) => {
    const faults = complaints.splice(0);
    if (shown.status() !== status) faults.unshift(`the page came with ${shown.status()}, not ${status}`);
    faults.push(...(await examine(page, await shown.text(), scripted)));
    faults.push(...complaints.splice(0));
    if (!faults.length) return;
    if (faults.length > 12) faults.splice(12, Infinity, `… and ${faults.length - 12} more`);
    fs.mkdirSync(pictures, { recursive: true });
    const picture = `${pictures}/${new URL(page.url()).pathname.replace(/\W+/g, '-')}.png`;
    await page.screenshot({ path: picture, fullPage: true });
    throw new Error(`${page.url()} (${picture}):\n${faults.join('\n')}`);
  };
  // Does what leads to another page, waits for it and examines it.
  const follow = async (act, status) => {
    await Promise.all([page.waitForEvent('load'), act()]);
    await look(status);
  };
  const go = (address, status) => follow(() => page.goto(address), status);
  const press = (name, status) => follow(() => page.getByRole('button', { name, exact: true }).click(), status);
  const choose = (name, status) => follow(() => page.getByRole('link', { name, exact: true }).click(), status);
  // A place that stands under a name in the menu.
  const choose_under = async (group, name) => {
    await page.locator('header summary', { hasText: group }).click();
    await choose(name);
  };
  // A file instead of a page: {name, path}.
  const fetch = async (act) => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    const file = await download.path();
    return { name: download.suggestedFilename(), bytes: fs.readFileSync(file) };
  };
  const sign_in = async (account) => {
    await page.goto('/sign-in');
    await page.getByLabel('Konto').fill(account);
    await page.getByLabel('Lösenord').fill(password);
    await press('Logga in');
  };
  const text = async (of = 'main') => plain_spaces(await page.locator(of).innerText());
  // The cells of a table, row by row, as they are read.
  const table = async (name) =>
    (await page.getByRole('table', { name }).locator('tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())))).map((row) => row.map(plain_spaces));
  // Goes there with the Tab key alone, and can see it.
  const tab_to = async (target) => {
    for (let steps = 0; steps !== 80; ++steps) {
      await page.keyboard.press('Tab');
      if (!(await target.evaluate((element) => element === document.activeElement))) continue;
      const seen = await target.evaluate((element) => {
        const style = getComputedStyle(element);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
      });
      if (!seen) throw new Error(`the focus does not show on ${await target.evaluate((element) => element.outerHTML)}`);
      return;
    }
    throw new Error(`80 steps with Tab do not lead to ${target}`);
  };
  return { page, context, look, follow, go, press, choose, choose_under, fetch, sign_in, text, table, tab_to, shown: () => shown };
}
