import assert from 'node:assert/strict';
import { shown_by_app } from '../app.mjs';

const next_code = () => new Promise((done) => setTimeout(done, 30_500 - (Date.now() % 30_000)));

const where = (someone) => new URL(someone.page.url()).pathname;

export default async ({ address, visitor, signed_in }, test) => {
  const coach = await signed_in('coach');
  let secret, recovery;

  await test('my page says how I sign in and where I am signed in', async () => {
    await coach.page.getByRole('link', { name: 'Cajsa Coach' }).click();
    await coach.page.waitForURL('/account');
    await coach.look();
    assert.match(await coach.text(), /Koder från en app\s*används inte/);
    assert.match(await coach.text(), /lösenord.*den här/s);
  });
  await test('an app is set up: it shows the right code, and I get recovery codes', async () => {
    await coach.choose('Koder från en app');
    secret = (await coach.page.locator('code').innerText()).replaceAll(' ', '');
    await coach.page.getByLabel('De sex siffror som appen visar').fill('000000');
    await coach.press('Börja med koder', 422);
    assert.equal((await coach.page.locator('code').innerText()).replaceAll(' ', ''), secret);
    await coach.page.getByLabel('De sex siffror som appen visar').fill(shown_by_app(secret));
    await coach.press('Börja med koder');
    recovery = await coach.page.locator('main code').allInnerTexts();
    assert.equal(recovery.length, 10);
    await coach.choose('Jag har sparat dem');
    assert.match(await coach.text(), /Koder från en app\s*används(?! inte)/);
  });
  await test('signing in now asks for the code after the password, and takes each code once', async () => {
    await next_code();
    const code = shown_by_app(secret);
    const again = await visitor();
    await again.sign_in('coach');
    assert.equal(where(again), '/sign-in/code');
    await again.page.getByLabel('Kod').fill('123456');
    await again.press('Logga in', 422);
    await again.page.getByLabel('Kod').fill(code);
    await again.press('Logga in');
    assert.equal(where(again), '/');
    const third = await visitor();
    await third.sign_in('coach');
    await third.page.getByLabel('Kod').fill(code);
    await third.press('Logga in', 422);
    await third.page.getByLabel('Kod').fill(recovery[0]);
    await third.press('Logga in');
    assert.match(await third.text('header'), /Cajsa/);
  });
  await test('one of the sessions is ended from another', async () => {
    await coach.go('/account');
    const sessions = coach.page.getByRole('button', { name: /^Avsluta inloggningen/ });
    const before = await sessions.count();
    assert.equal(before, 2);
    await coach.press('Avsluta alla andra');
    assert.equal(await sessions.count(), 0);
  });

  const place = address.replace('127.0.0.1', 'localhost');  // a passkey belongs to a name, not to an address
  const head = await visitor({ baseURL: place });
  let kept;  // what the authenticator holds: examining a page unplugs it
  let authenticator;
  const plug_in = async (isUserVerified = true) => {
    await authenticator?.detach();
    authenticator = await head.context.newCDPSession(head.page);
    await authenticator.send('WebAuthn.enable');
    const { authenticatorId } = await authenticator.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified, automaticPresenceSimulation: true },
    });
    if (kept) await authenticator.send('WebAuthn.addCredential', { authenticatorId, credential: kept });
    for (const event of ['WebAuthn.credentialAdded', 'WebAuthn.credentialAsserted']) authenticator.on(event, ({ credential }) => (kept = credential));
  };
  const use = async (name, status) => {
    await plug_in();
    await head.follow(() => head.page.getByRole('button', { name, exact: true }).click(), status);
  };

  await test('T28: a passkey is made, and signs in without a name or a password', async () => {
    await head.sign_in('enhetschef');
    await head.go('/account/passkeys');
    await head.page.getByLabel('Vad du kallar den').fill('nyckelringen');
    await use('Gör en passkey');
    assert.match(await head.text(), /nyckelringen/);
    await head.press('Logga ut');
    await head.go('/sign-in');
    await use('Använd en passkey');
    assert.match(await head.text('header'), /Elsa Enhetschef/);
    await head.go('/account');
    assert.match(await head.text(), /passkey.*den här/s);
  });
  await test('T28: signing in once more with the passkey leads on to where I was going', async () => {
    await head.go('/sign-in/again?next=/interventions');
    await use('Använd en passkey');
    assert.equal(where(head), '/interventions');
  });
  await test('T28: an authenticator that does not recognise its owner opens nothing, and the page says so', async () => {
    await head.press('Logga ut');
    await head.go('/sign-in');
    await plug_in(false);
    await head.page.getByRole('button', { name: 'Använd en passkey' }).click();
    await head.page.getByText('Ingen passkey användes').waitFor();
    assert.equal(where(head), '/sign-in');
  });
  await test('T28: a copied passkey, whose counter stands behind, opens nothing', async () => {
    await head.go('/sign-in');
    await use('Använd en passkey');
    await head.press('Logga ut');
    await head.go('/sign-in');
    kept.signCount = 1;
    await use('Använd en passkey', 422);
    assert.match(await head.text(), /kopierats/);
  });
  await test('without scripts there is no button for passkeys, and the password still opens', async () => {
    const plain = await visitor({ javaScriptEnabled: false });
    await plain.go('/sign-in');
    assert.equal(await plain.page.getByRole('button', { name: 'Använd en passkey' }).count(), 0);
    assert.match(await plain.text(), /Passkeys behöver en webbläsare med skript/);
  });
};
