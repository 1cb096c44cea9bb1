// What every page must be, whoever sees it: readable to all (WCAG 2.2 AA, by axe), well-formed (html-validate), nothing
// sideways at 320 px, one heading, a title and a language.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'EN-301-549'];
const markup = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: { 'no-inline-style': 'error', 'no-trailing-whitespace': 'off', 'long-title': 'off', 'svg-focusable': 'off', 'form-dup-name': 'off', 'valid-id': ['error', { relaxed: true }] },
});
const narrow = 320;
const known = new Set();  // pages that were right: the same page with other ids is not examined again

const without_ids = (html) => html.replace(/name="token" value="[^"]*"/g, '').replace(/\b[0-9a-z]{26}\b/g, '…');

// The faults of the page that was made of this HTML, in words. Axe needs the page's scripts to be allowed.
export async function examine(page, html, scripted) {
  const looks = await page.evaluate(() => [matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(forced-colors: active)').matches, document.documentElement.className]);
  const key = createHash('sha256').update(JSON.stringify(looks)).update(without_ids(html)).digest('hex');
  if (known.has(key)) return [];

  const faults = [...(await faults_of_frame(page)), ...(await faults_of_markup(html))];
  const wide = page.viewportSize();
  for (const width of new Set([wide.width, narrow])) {
    await page.setViewportSize({ width, height: wide.height });
    faults.push(...(await sideways(page, width)));
    if (!scripted) continue;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));  // the script has seen the width
    faults.push(...(await violations(page)).map((fault) => `at ${width} px: ${fault}`));
  }
  await page.setViewportSize(wide);
  if (!faults.length) known.add(key);
  return faults;
}

async function faults_of_frame(page) {
  const { language, title, headings } = await page.evaluate(() => ({
    language: document.documentElement.lang,
    title: document.title,
    headings: [...document.querySelectorAll('h1')].map((heading) => heading.textContent.trim()),
  }));
  const faults = [];
  if (!['sv', 'en'].includes(language)) faults.push(`the language is “${language}”`);
  if (!/\S – Stafett$/.test(title)) faults.push(`the title is “${title}”`);
  if (headings.length !== 1 || !headings[0]) faults.push(`the first headings are: ${JSON.stringify(headings)}`);
  return faults;
}

async function faults_of_markup(html) {
  const { results } = await markup.validateString(html);
  return results.flatMap(({ messages }) => messages.map((message) => `HTML, line ${message.line}: ${message.message} (${message.ruleId})`));
}

// The elements that reach furthest out, if the page can be moved sideways.
function sideways(page, width) {
  return page.evaluate((width) => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('.scroll *'));
    return [`at ${width} px the page is ${root.scrollWidth} wide: ${wide.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(' … ')}`];
  }, width);
}

// Axe in a world of its own beside the page's: the page's security policy stays as it is and does not stop it.
async function violations(page) {
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
    const run = (expression) => session.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    await run(axe);
    const { result, exceptionDetails } = await run(`axe.run({ runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then((found) => found.violations.map(
      ({ id, nodes }) => id + ': ' + nodes.slice(0, 2).map((node) => node.html.slice(0, 160) + ' :: ' + node.failureSummary.replace(/\\s+/g, ' ')).join(' | ')))`);
    if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  } finally {
    await session.detach();
  }
}
