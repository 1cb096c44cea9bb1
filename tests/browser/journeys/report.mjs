// Make the report: from the intervention to Word and PDF, and frozen for ever.
import assert from 'node:assert/strict';
import { read_docx, read_pdf } from '../../walk/reading.mjs';

const words = 'Deltagarna har fått stöd på vägen.';

export default async ({ signed_in }, test) => {
  const head = await signed_in('enhetschef');
  const fetched = (name) => head.fetch(() => head.page.getByRole('link', { name, exact: true }).click());
  const says_the_figures = (text) => {
    assert.match(text, /28 av 65/);
    assert.match(text, /43,1\s?%/);
    assert.match(text, new RegExp(words));
  };
  let report, word, pdf;

  await test('a report is begun from the intervention, with its period', async () => {
    await head.go('/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31');
    await head.choose('Gör rapport');
    assert.equal(await head.page.locator('#intervention').inputValue(), 'jobbvagen-ar');
    assert.deepEqual([await head.page.locator('#from').inputValue(), await head.page.locator('#to').inputValue()], ['2024-01-01', '2025-05-31']);
    await head.page.locator('#report_title').fill('Slutrapport Jobbvägen AR');
    await head.page.locator('#form').selectOption({ label: 'Slutrapport insats (följer med Stafett)' });
    await head.page.locator('#audience').selectOption('unit');
    await head.page.locator('main button[type=submit]').focus();
    await head.follow(() => head.page.keyboard.press('Enter'));
    report = head.page.url();
    assert.match(report, /\/reports\/\w+$/);
  });
  await test('what the form asks for and nobody has written is listed, and stops nothing', async () => {
    assert.ok((await head.page.locator('textarea').count()) >= 10);
    assert.match(await head.text(), /saknas|skrivet|Skriv/i);
  });
  await test('a text is written and kept', async () => {
    await head.page.getByLabel('Sammanfattning', { exact: false }).first().fill(`${words}\n\nEn sammanfattning & <b>mer</b>.`);
    await head.press('Spara');
    await head.go(report);
    assert.match(await head.page.getByLabel('Sammanfattning', { exact: false }).first().inputValue(), /stöd på vägen/);
  });
  await test('the Word file says 28 of 65 and 43,1 %, the table by sex, and the text', async () => {
    const file = await head.fetch(() => head.page.getByRole('button', { name: 'Spara och hämta Word' }).click());
    assert.match(file.name, /\.docx$/);
    const paragraphs = read_docx(file.bytes).map((text) => text.replace(/\u00a0/g, ' '));
    const text = paragraphs.join('\n');
    says_the_figures(text);
    assert.match(text, /<b>mer<\/b>/);
    assert.match(text, /Avbrutit\n3\n4\n7/);
    assert.doesNotMatch(text, /\{\{/);
  });
  await test('frozen, it can no longer be changed', async () => {
    await head.go(report);
    await head.press('Frys rapporten');
    assert.equal(await head.page.locator('textarea').count(), 0);
    const token = await head.page.locator('input[name=token]').first().inputValue();
    const reply = await head.context.request.post(`${report}/texts`, { form: { token, 'text.sammanfattning': 'Nej' }, maxRedirects: 0 });
    assert.equal(reply.status(), 409);
  });
  await test('frozen, its Word file is the same bytes each time', async () => {
    word = await fetched('Hämta Word');
    const again = await fetched('Hämta Word');
    assert.ok(word.bytes.equals(again.bytes));
    says_the_figures(read_docx(word.bytes).join('\n').replace(/\u00a0/g, ' '));
  });
  await test('frozen, its PDF says the same, and is the same bytes each time', async () => {
    pdf = await fetched('Hämta PDF');
    assert.ok(pdf.bytes.equals((await fetched('Hämta PDF')).bytes));
    const text = read_pdf(pdf.bytes).replace(/\u00a0/g, ' ');
    says_the_figures(text);
    assert.match(text, /Avbrutit\s+3\s+4\s+7/);
  });
  await test('frozen, it keeps its numbers when the register grows', async () => {
    await head.go('/imports');
    await head.page.getByLabel('Fil', { exact: true }).setInputFiles('tests/registers/broken/deltagare.csv');
    await head.press('Se vad som händer');
    await head.press('Läs in 2 rader');
    await head.go('/interventions/jobbvagen-ar?from=2024-01-01&to=2025-05-31');
    assert.match(await head.text('.goals'), /28 av 67/);
    await head.go(report);
    assert.ok((await fetched('Hämta Word')).bytes.equals(word.bytes));
    assert.ok((await fetched('Hämta PDF')).bytes.equals(pdf.bytes));
  });
  await test('a report with true counts is for its owner alone', async () => {
    for (const account of ['forbundschef', 'utomstaende', 'af-chef', 'remittent']) {
      const someone = await signed_in(account);
      await someone.page.goto(report);
      assert.ok([403, 404].includes(someone.shown().status()), `${account}: ${someone.shown().status()}`);
      const reply = await someone.context.request.get(`${report}/word`);
      assert.ok([403, 404].includes(reply.status()), `${account}: ${reply.status()}`);
    }
  });
  await test('a form of the own organisation is added, and what Stafett does not know in it is named', async () => {
    await head.go('/report-forms');
    await head.page.getByLabel('Namn', { exact: true }).fill('Vår mall');
    await head.page.locator('input[type=file]').setInputFiles('assets/forms/projektrapport.docx');
    await head.press('Lägg till och pröva');
    assert.match(await head.text(), /Vår mall/);
  });
};
