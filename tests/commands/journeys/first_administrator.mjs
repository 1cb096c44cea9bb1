import assert from 'node:assert/strict';
import { password, plain_spaces, serve } from '../../walk/stafett.mjs';

export default async ({ empty, demo }, test) => {
  const { run, address } = empty();
  const invitation = (out) => ({ path: out.match(/Adress: http:\/\/127\.0\.0\.1:8080(\/invitations\/\w+)\n/)[1], code: out.match(/Kod: ([0-9a-z-]+)\n/)[1] });
  const invite = (account, ...rest) => run(['invite', account, ...rest]);
  const organisation = ['--organisation', 'Provköpings kommun'];
  let first;

  await test('without an organisation nobody is invited', async () => {
    const { status, out, err } = await invite('adam');
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^stafett: [^\n]*--organisation[^\n]*\n$/);
  });
  await test('the first administrator of an empty database gets an address and a code, once', async () => {
    const { status, out, err } = await invite('adam', ...organisation, '--name', 'Adam Administratör');
    assert.equal(status, 0, err);
    assert.match(out, /^adam är inbjuden som administratör\. [^\n]*24 timmar/);
    first = invitation(out);
  });
  await test('with it the administrator chooses a password and signs in', async () => {
    const server = await serve(address);
    const jar = new Map();
    const ask = async (path, form) => {
      const reply = await fetch(server.address + path, {
        method: form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), origin: server.address, 'accept-language': 'sv' },
        body: form && new URLSearchParams({ ...form, token }),
      });
      for (const line of reply.headers.getSetCookie()) jar.set(...line.split(';')[0].split('='));
      return { status: reply.status, location: reply.headers.get('location'), body: plain_spaces(await reply.text()) };
    };
    let token;
    const page = await ask(first.path);
    token = page.body.match(/name="token" value="([^"]+)"/)[1];
    assert.match(page.body, /Adam Administratör/);
    const answered = await ask(first.path, { code: first.code, password, once_more: password });
    assert.deepEqual([answered.status, answered.location], [303, '/sign-in?next=/account']);
    assert.equal((await ask(first.path)).status, 404);
    token = (await ask('/sign-in')).body.match(/name="token" value="([^"]+)"/)[1];
    assert.equal((await ask('/sign-in', { account: 'adam', password })).status, 303);
    assert.match((await ask('/colleagues')).body, /Adam Administratör/);
    assert.equal((await server.stop()).status, 0);
  });
  await test('a second is invited too, and then no third', async () => {
    assert.equal((await invite('berit', ...organisation)).status, 0);
    const third = await invite('cilla', ...organisation);
    assert.deepEqual([third.status, third.out], [2, '']);
    assert.match(third.err, /^stafett: Det finns redan administratörer: adam, berit\. [^\n]+\n$/);
  });
  await test('an organisation that is not there is not made by a slip', async () => {
    const other = demo();
    const { status, err } = await other.run(['invite', 'adam', '--organisation', 'Regionen Gotland']);
    assert.equal(status, 2);
    assert.match(err, /Region Gotland/);
  });
  await test('nobody but an administrator gets a new way in from the command line', async () => {
    const other = demo();
    assert.equal((await other.run('invite coach')).status, 2);
    assert.equal((await other.run('invite administrator')).status, 0);
  });
  await test('the invitations stand in the log, which holds', async () => {
    assert.equal((await run('verify')).status, 0);
  });
};
