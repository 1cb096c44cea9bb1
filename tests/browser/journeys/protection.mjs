// Somebody is to be protected: the handler reads what will happen, names a colleague, and protects them. The head, who is
// not named, finds nobody. And somebody who does not want to be registered is counted.
import assert from 'node:assert/strict';
import { password } from '../../walk/stafett.mjs';
import { next_code, shown_by_app } from '../factors.mjs';

export default async ({ signed_in }, test) => {
  const coach = await signed_in('coach'), head = await signed_in('enhetschef');
  const list = '/interventions/narmare/participants';
  let there, secret;

  await test('an anonymous participant is counted by sex and year, and taken back', async () => {
    await coach.go(list);
    await coach.choose('Anonyma deltagare: 0');
    await coach.page.getByLabel('Kön').selectOption('kvinna');
    await coach.press('Räkna');
    assert.match(await coach.text(), /\d{4} · kvinna · 1/);
    await coach.follow(() => coach.page.getByRole('button', { name: /^Ta tillbaka en/ }).click());
    assert.match(await coach.text(), /Ingen än/);
    await head.go(list);
    await head.choose('Anonyma deltagare: 0');
    assert.equal(await head.page.getByRole('button', { name: 'Räkna' }).count(), 0);
  });
  await test('protecting asks for a second factor, and says first what will happen', async () => {
    await coach.go('/account/codes');
    if (/again/.test(coach.page.url())) {
      await coach.page.getByLabel('Lösenord').fill(password);
      await coach.press('Logga in en gång till');
    }
    secret = (await coach.page.locator('code').innerText()).replaceAll(' ', '');
    await coach.page.getByLabel('De sex siffror som appen visar').fill(shown_by_app(secret));
    await coach.press('Börja med koder');
    await coach.go(list);
    await coach.follow(() => coach.page.locator('table a').first().click());
    there = new URL(coach.page.url()).pathname;
    await coach.choose('Skydd');
    if (/again/.test(coach.page.url())) {
      await next_code();
      await coach.page.getByLabel('Kod').fill(shown_by_app(secret));
      await coach.press('Logga in en gång till');
    }
    assert.match(await coach.text(), /Tas bort för gott.*Det går inte att ångra/s);
    await coach.press('Skydda deltagaren', 422);
    assert.match(await coach.text(), /Välj vilket skydd det är/);
  });
  await test('protected: a pseudonym for the handler, and nobody for the head', async () => {
    await head.go(there);
    await coach.page.getByLabel('Vilket skydd det är').selectOption('sekretessmarkering');
    await coach.press('Skydda deltagaren');
    assert.equal(new URL(coach.page.url()).pathname, there);
    assert.match(await coach.text('h1'), /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await head.go(there, 404);
    await head.go(list);
    assert.match(await head.text('.head'), /· 2$/);
  });
  await test('its end is proposed, and waits for somebody of another unit', async () => {
    await coach.choose('Skydd');
    assert.match(await coach.text(), /Bara en når deltagaren/);
    await coach.page.getByLabel('Varför det ska hävas').selectOption('markerad av misstag');
    await coach.press('Föreslå att det hävs');
    assert.match(await coach.text(), /Be en kollega på en annan enhet/);
    await head.go('/protections');
    assert.match(await head.text(), /Inget väntar på dig/);
    await coach.press('Ta tillbaka förslaget');
    assert.match(await coach.text(), /Föreslå att det hävs/);
  });
};
