// The program under test, as its users start it.
import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const program = path.resolve(process.env.STAFETT ?? path.join(root, 'build/release/stafett'));
export const password = 'vinden-vänder-i-kväll';

function start(args, { database, environment = {}, ...options } = {}) {
  const env = { ...process.env, STAFETT_DEMO_PASSWORD: password, ...environment };
  delete env.STAFETT_DATABASE;
  if (database) env.STAFETT_DATABASE = database;
  return spawn(program, args, { env, cwd: root, ...options });
}

// Texts as they are read aloud: a space that does not break is a space.
export const plain_spaces = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

// Runs a command to its end: {status, out, err, bytes}. Nothing it writes to is a terminal.
export function stafett(args, options) {
  const child = start(args, options);
  const out = [], err = [];
  child.stdin.on('error', () => {}).end(options?.input);
  child.stdout.on('data', (part) => out.push(part));
  child.stderr.on('data', (part) => err.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const bytes = Buffer.concat(out);
      resolve({ status: status ?? signal, out: plain_spaces(bytes.toString()), err: plain_spaces(Buffer.concat(err).toString()), bytes });
    });
  });
}

// A server on a port of its own: {address, stop, process}; `settings`: a file of them. `stop` gives how it ended and what it said on standard error.
export async function serve(database, { settings } = {}) {
  const child = start([...(settings ? ['--config', settings] : []), 'serve', '--listen', '127.0.0.1:0'], { database });
  let said = '', err = '';
  child.stderr.on('data', (part) => (err += part));
  const ended = new Promise((resolve) => child.on('close', (status, signal) => resolve(status ?? signal)));
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      const at = (said += part).match(/http:\/\/\S+/);
      if (at) resolve(at[0]);
    });
    ended.then((status) => reject(new Error(`the server ended with ${status}: ${err}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    return { status: await ended, err };
  };
  return { address, stop, process: child.pid };
}
