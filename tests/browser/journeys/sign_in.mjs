import assert from 'node:assert/strict';
import { password } from '../../walk/stafett.mjs';

export default async ({ visitor }, test) => {
  const anna = await visitor();
  const account = anna.page.getByLabel('Konto'), secret = anna.page.getByLabel('Lösenord');

  await test('someone who is not signed in comes to the sign-in page first, and then where they wanted', async () => {
    await anna.go('/interventions/jobbvagen-ar');
    assert.equal(new URL(anna.page.url()).pathname, '/sign-in');
    await account.fill('coach');
    await secret.fill(password);
    await anna.press('Logga in');
    assert.equal(new URL(anna.page.url()).pathname, '/interventions/jobbvagen-ar');
    await anna.press('Logga ut');
  });
  await test('the fields are reached with the keyboard, name first', async () => {
    await anna.go('/sign-in');
    await anna.tab_to(account);
    await anna.tab_to(secret);
    await anna.tab_to(anna.page.getByRole('button', { name: 'Logga in' }));
  });
  await test('a wrong password is refused, says so at its field and keeps the name', async () => {
    await account.fill('coach');
    await secret.fill('fel lösenord');
    await anna.press('Logga in', 422);
    assert.match(await anna.page.title(), /^Fel: /);
    assert.equal(await account.inputValue(), 'coach');
    assert.equal(await secret.inputValue(), '');
    assert.match(await anna.text(), /Kontot eller lösenordet är fel/);
    assert.equal(await secret.getAttribute('aria-invalid'), 'true');
    assert.ok(await anna.page.locator('.ds-error-summary').evaluate((summary) => summary === document.activeElement));
  });
  await test('an account that does not exist is refused in the same words', async () => {
    await account.fill('finns-inte');
    await secret.fill(password);
    await anna.press('Logga in', 422);
    assert.match(await anna.text(), /Kontot eller lösenordet är fel/);
  });
  await test('the right password opens the start page, with name and organisation', async () => {
    await account.fill('coach');
    await secret.fill(password);
    await secret.press('Enter');
    await anna.page.waitForURL('/');
    await anna.look();
    assert.match(await anna.text('header'), /Cajsa Coach · Region Gotland/);
  });
  await test('the cookie of the session is out of reach for scripts and other sites', async () => {
    const session = (await anna.context.cookies()).find((cookie) => cookie.name.endsWith('sid'));
    assert.ok(session.httpOnly);
    assert.equal(session.sameSite, 'Strict');
    assert.equal(session.path, '/');
  });
  await test('signing out forgets: the old session opens nothing, not even with its cookie', async () => {
    const cookies = await anna.context.cookies();
    await anna.press('Logga ut');
    assert.doesNotMatch(await anna.text('header'), /Cajsa/);
    await anna.page.goBack();
    assert.doesNotMatch(await anna.text('body'), /Cajsa/);
    await anna.context.addCookies(cookies);
    await anna.go('/');
    assert.doesNotMatch(await anna.text('body'), /Cajsa/);
  });
  await test('a form sent from another place is refused', async () => {
    const reply = await anna.context.request.post('/sign-in', { form: { account: 'coach', password, token: 'made-up' }, maxRedirects: 0 });
    assert.equal(reply.status(), 403);
  });
};
