import assert from 'node:assert/strict';

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const where = (someone) => new URL(someone.page.url()).pathname;

export default async ({ signed_in }, test) => {
  const cajsa = await signed_in('coach'), agda = await signed_in('af-coach');
  const offered = 'Svar från Arbetsförmedlingen om överlämningen';
  let participant, code;
  const group = (someone, heading) => someone.page.locator('section.panel', { has: someone.page.getByRole('heading', { name: heading, exact: true }) });

  await test('the coach sees at eight what is next, and whose answer they wait for', async () => {
    await cajsa.choose('Min dag');
    assert.ok(await group(cajsa, 'Att göra inom en vecka').locator('li').count() >= 7);
    const waiting = group(cajsa, 'Du väntar på').locator('li', { hasText: offered }).first();
    await cajsa.follow(() => waiting.getByRole('link').click());
    participant = where(cajsa);
    code = (await cajsa.page.getByRole('heading', { level: 1 }).innerText()).trim();
    assert.match(await cajsa.text(), /Håller pinnen\s+Cajsa Coach, coach/);
    assert.match(await cajsa.text(), /Erbjuden i dag\s+Arbetsförmedlingen/);
  });
  const answer = async () => {
    await agda.choose('Min dag');
    await agda.choose(`Ta emot pinnen för ${code}?`);
    assert.match(await agda.text(), /Klar för praktik|Ny plats från hösten/);
  };
  await test('the employment service says no, for a reason of its own, and must say which', async () => {
    await answer();
    await agda.page.getByLabel('Varför').selectOption({ label: 'ett annat skäl' });
    await agda.press('Tacka nej', 422);
    assert.match(await agda.text(), /Skriv skälet med några ord/);
    await agda.page.getByLabel('Till den som lämnar').fill('Vi väntar på läkarutlåtandet först.');
    await agda.press('Tacka nej');
    await cajsa.go(participant);
    assert.match(await cajsa.text(), /tackade nej .*Vi väntar på läkarutlåtandet först/);
    assert.match(await cajsa.text(), /Håller pinnen\s+Cajsa Coach/);
  });
  await test('before it is offered again, what goes along and what stays is seen; with both hands on it for two weeks', async () => {
    await cajsa.choose('Lämna över pinnen');
    assert.match(await cajsa.text(), /Följer med\s+planering, arbete och studier\s+Stannar här\s+namn och kontakt/);
    await cajsa.page.getByLabel('Vem som ska få den').selectOption({ label: 'Arbetsförmedlingen' });
    await cajsa.page.getByLabel('Till mottagaren').fill('Ny plats från hösten, utlåtandet kom i dag.');
    await cajsa.page.getByLabel('Båda håller i till').fill(day(14));
    await cajsa.press('Erbjud pinnen');
    assert.equal(where(cajsa), participant);
  });
  await test('the employment service takes it, with a next step, and the coach has a hand on it still', async () => {
    await answer();
    await agda.page.getByLabel('Vad du gör härnäst').fill('bokar besök på platsen');
    await agda.page.getByLabel('Senast när').fill(day(5));
    await agda.press('Ta pinnen');
    assert.match(await agda.text(), /Håller pinnen\s+Agda Arbetsförmedlare/);
    assert.match(await agda.text(), /Håller också i, till .*\s+Region Gotland/);
    await agda.choose('Min dag');
    assert.match(await group(agda, 'Att göra inom en vecka').innerText(), /bokar besök på platsen/);
    await cajsa.go(participant);
    assert.match(await cajsa.text(), /Håller pinnen\s+Agda Arbetsförmedlare/);
    assert.equal(await cajsa.page.getByRole('link', { name: 'Lämna över pinnen' }).count(), 0);
    await cajsa.go('/my-day');
    assert.doesNotMatch(await cajsa.text(), new RegExp(`Ditt nästa steg för ${code}\\.`));
  });
  await test('those outside the case see nothing of it, and the director of the association has no such page', async () => {
    const ulla = await signed_in('utomstaende'), fia = await signed_in('forbundschef');
    await ulla.go(participant, 404);
    await fia.go(participant, 404);
    await fia.go('/my-day', 403);
    assert.equal(await fia.page.getByRole('link', { name: 'Min dag' }).count(), 0);
  });
};
