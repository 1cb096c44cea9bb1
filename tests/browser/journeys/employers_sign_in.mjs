import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stafett } from '../../walk/stafett.mjs';
import { invite } from '../colleagues.mjs';
import { employer, level } from '../employer.mjs';
import { begin_with_codes } from '../factors.mjs';

const where = (someone) => new URL(someone.page.url()).pathname;
const link = 'Logga in med Provköpings kommun';

export default async ({ restart, visitor }, test) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stafett-tests.'));
  const kommunen = await employer();
  let place;  // by name: the employer's address is another site than ours, as it is at work
  const at_work = () => visitor({ baseURL: place });

  // At the employer's own page.
  const at_employer = async (someone, who, how) => {
    await someone.page.waitForURL(`${kommunen.issuer}/**`);
    await someone.page.getByLabel('Vem är du?').fill(who);
    await someone.page.getByRole('button', { name: how }).click();
  };
  const home = async (someone, address, status) => {
    await someone.page.waitForURL(place + address);
    await someone.look(status);
  };

  await test('our key for the employer is made for its owner alone, and its open part is shown', async () => {
    const key = path.join(folder, 'kommunen.jwk');
    const { status, out, err } = await stafett(['keys', '--for-provider', key]);
    assert.deepEqual([status, err], [0, '']);
    assert.equal(fs.statSync(key).mode & 0o777, 0o600);
    assert.ok(JSON.parse(fs.readFileSync(key)).d);
    assert.ok(!('d' in JSON.parse(out)));
    assert.match((await stafett(['keys', '--for-provider', key])).err, /Det finns redan en fil/);

    const settings = path.join(folder, 'stafett.toml');
    fs.writeFileSync(
      settings,
      `[[provider]]\nid = "kommunen"\nname = "Provköpings kommun"\nissuer = "${kommunen.issuer}"\nclient_id = "stafett"
key = "${key}"\nlowest = "${level(3)}"\nclaim = "${kommunen.claim}"\ninside = true\n`,
    );
    place = (await restart({ settings })).replace('127.0.0.1', 'localhost');
    kommunen.know(JSON.parse(out), `${place}/sign-in/with/kommunen/callback`);
  });

  let way_in, code;
  await test('a unit head invites a colleague, and gets an address and a code', async () => {
    const elsa = await at_work();
    await elsa.sign_in('enhetschef');
    await begin_with_codes(elsa);
    ({ address: way_in, code } = await invite(elsa, { name: 'Nils Ny', account: 'nils', role: 'enhetschef' }));
  });

  const nils = await at_work();
  await test('the colleague writes the code, signs in at the employer and is home, with an account of their own', async () => {
    await nils.go(way_in);
    await nils.page.getByLabel('Koden du har fått').fill('fel kod');
    await nils.press(link, 422);
    await nils.go(way_in);
    await nils.page.getByLabel('Koden du har fått').fill(code);
    await nils.page.getByRole('button', { name: link }).click();
    await at_employer(nils, 'nils', 'Tjänstekort');
    await home(nils, '/account');
    assert.match(await nils.text('header'), /Nils Ny · Region Gotland/);
    assert.match(await nils.text(), /arbetsgivarens inloggning\s*den här/);
  });
  await test('the invitation is used up', async () => {
    await (await at_work()).go(way_in, 404);
  });
  await test('signed out, the colleague signs in again by the employer, who knows them still and asks nothing', async () => {
    await nils.press('Logga ut');
    await nils.go('/sign-in');
    await nils.tab_to(nils.page.getByRole('link', { name: link }));
    await nils.page.keyboard.press('Enter');
    await home(nils, '/');
    assert.match(await nils.text('header'), /Nils Ny/);
    await nils.go('/colleagues/new');
    assert.equal(where(nils), '/colleagues/new');  // shown with the card just now, if not to us
  });

  await test('someone who showed at the employer an hour ago who they are does so anew for what needs it', async () => {
    await nils.press('Logga ut');
    await nils.context.clearCookies();
    kommunen.signed_in_seconds_ago = 3600;
    await nils.go('/sign-in');
    await nils.page.getByRole('link', { name: link }).click();
    await at_employer(nils, 'nils', 'Tjänstekort');
    await home(nils, '/');
    await nils.go('/colleagues/new');
    assert.equal(where(nils), '/sign-in/again');
    assert.doesNotMatch(await nils.text(), /Lösenord/);  // has none
    await nils.page.getByRole('link', { name: link }).click();
    kommunen.signed_in_seconds_ago = 0;
    await at_employer(nils, 'nils', 'Tjänstekort');
    await home(nils, '/colleagues/new');
  });
  await test('another who shows who they are is not taken for the one who is signed in', async () => {
    await nils.go('/sign-in/again?next=/colleagues/new');
    await nils.page.getByRole('link', { name: link }).click();
    await at_employer(nils, 'berit', 'Tjänstekort');
    await home(nils, '/sign-in/with/kommunen/callback?**', 409);
    assert.match(await nils.text(), /Du har inget konto här än/);
  });

  await test('what is not safe enough at the employer is refused, in words that say what to do', async () => {
    const hasty = await at_work();
    await hasty.go('/sign-in');
    await hasty.page.getByRole('link', { name: link }).click();
    await at_employer(hasty, 'nils', 'Lösenord och sms');
    await home(hasty, '/sign-in/with/kommunen/callback?**', 409);
    assert.match(await hasty.text(), /inte säkert nog för Stafett.*välj e-legitimation eller ditt tjänstekort/s);
    await hasty.go('/');
    assert.doesNotMatch(await hasty.text('header'), /Nils/);
  });
  await test('someone who breaks off at the employer is told that they are not signed in', async () => {
    const hesitant = await at_work();
    await hesitant.go('/sign-in');
    await hesitant.page.getByRole('link', { name: link }).click();
    await at_employer(hesitant, 'nils', 'Avbryt');
    await home(hesitant, '/sign-in/with/kommunen/callback?**', 409);
    assert.match(await hesitant.text(), /Du blev inte inloggad hos arbetsgivaren/);
  });
  await test('T29: an address to come back to that somebody else began signs nobody in', async () => {
    const attacker = await at_work();
    await attacker.go('/sign-in');
    await attacker.page.getByRole('link', { name: link }).click();
    await attacker.page.waitForURL(`${kommunen.issuer}/**`);
    const follow = async (reply) => (await reply).headers().location;
    const { request } = attacker.context;  // not led on, as a browser is
    const resume = await follow(request.post(attacker.page.url(), { form: { who: 'nils', level: '3' }, maxRedirects: 0 }));
    const theirs = await follow(request.get(resume, { maxRedirects: 0 }));
    assert.ok(theirs.startsWith(`${place}/sign-in/with/kommunen/callback?`));

    const victim = await at_work();
    await victim.go('/sign-in');
    await victim.page.getByRole('link', { name: link }).click();
    await victim.page.waitForURL(`${kommunen.issuer}/**`);
    await victim.go(theirs, 409);
    assert.match(await victim.text(), /ett svar som inte håller/);
    await victim.go(theirs, 409);  // nor without having begun anything
    assert.match(await victim.text(), /Det tog för lång tid/);
    await victim.go('/');
    assert.doesNotMatch(await victim.text('header'), /Nils/);
  });

  kommunen.end();
  fs.rmSync(folder, { recursive: true });
};
