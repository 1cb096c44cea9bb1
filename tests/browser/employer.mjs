// An employer's sign-in on this machine: a certified OpenID provider, set up after the Swedish OpenID Connect Profile, with
// a page of its own where someone says who they are and how they show it.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

const organisation = { scope: 'https://id.oidc.se/scope/naturalPersonOrgId', claim: 'https://id.oidc.se/claim/orgAffiliation' };
export const level = (number) => `http://id.elegnamnden.se/loa/1.0/loa${number}`;

const page = (uid) => `<!DOCTYPE html><html lang="sv"><title>Inloggning</title><link rel="icon" href="data:,"><h1>Provköpings kommun</h1>
<form method="post" action="/interaction/${uid}"><label>Vem är du? <input name="who"></label>
<button name="level" value="3">Tjänstekort</button> <button name="level" value="2">Lösenord och sms</button> <button name="level" value="">Avbryt</button></form></html>`;

async function form_of(request) {
  let text = '';
  for await (const part of request) text += part;
  return Object.fromEntries(new URLSearchParams(text));
}

// Listens at once, so that its address can be put into settings; `know` tells it of its client.
export async function employer() {
  let answer = (request, reply) => reply.writeHead(503).end();
  const server = http.createServer((request, reply) => answer(request, reply));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;

  const know = (client_key, our_address) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const provider = new Provider(issuer, {
      adapter: createMemoryAdapter(),
      ttl: { Interaction: 600, Grant: 3600, Session: 3600, AccessToken: 60, IdToken: 300 },
      clients: [
        {
          client_id: 'stafett',
          redirect_uris: [our_address],
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          jwks: { keys: [client_key] },
          id_token_signed_response_alg: 'RS256',
          userinfo_signed_response_alg: 'PS256',
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'provkoping-1', use: 'sig' }] },
      enabledJWA: { userinfoSigningAlgValues: ['PS256'], idTokenSigningAlgValues: ['RS256'], clientAuthSigningAlgValues: ['ES256'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false }, jwtUserinfo: { enabled: true } },
      acrValues: [level(2), level(3)],
      claims: { openid: ['sub'], [organisation.scope]: [organisation.claim] },
      cookies: { keys: [randomBytes(32).toString('hex')] },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, [organisation.claim]: `${id}@2120000000` }) }),
      // Nobody is asked whether their employer may tell ours who they are.
      loadExistingGrant: async ({ oidc }) => {
        const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope(oidc.params.scope);
        await grant.save();
        return grant;
      },
    });
    const pages = provider.callback();
    answer = async (request, reply) => {
      const uid = request.url.match(/^\/interaction\/([\w-]+)$/)?.[1];
      if (!uid) return pages(request, reply);
      if (request.method === 'GET') return reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(uid));
      const { who, level: shown } = await form_of(request);
      const login = { accountId: who, acr: level(shown), ts: Math.floor(Date.now() / 1000) - here.signed_in_seconds_ago };
      await provider.interactionFinished(request, reply, shown ? { login } : { error: 'access_denied' });
    };
  };
  const here = { issuer, claim: organisation.claim, know, signed_in_seconds_ago: 0, end: () => (server.closeAllConnections(), server.close()) };
  return here;
}
