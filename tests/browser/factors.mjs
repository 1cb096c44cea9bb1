// What someone holds besides a password: an authenticator app (RFC 6238).
import { createHmac } from 'node:crypto';

export function shown_by_app(secret, now = Date.now()) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash.at(-1) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
export const next_code = () => new Promise((done) => setTimeout(done, 30_500 - (Date.now() % 30_000)));

// Sets up an app: from then on, for five minutes, the sign-in is fresh enough for what concerns persons and roles.
export async function begin_with_codes(someone) {
  await someone.go('/account/codes');
  const secret = (await someone.page.locator('code').innerText()).replaceAll(' ', '');
  await someone.page.getByLabel('De sex siffror som appen visar').fill(shown_by_app(secret));
  await someone.press('Börja med koder');
  return secret;
}
