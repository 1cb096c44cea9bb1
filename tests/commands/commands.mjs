// What a journey along the command line gets: a database, and the program to ask of it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stafett } from '../walk/stafett.mjs';
import { walk } from '../walk/walk.mjs';

async function desk(database) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stafett-desk.'));
  const at = (address) => ({
    address,
    run: (line, options) => stafett(Array.isArray(line) ? line : line.split(' '), { database: address, ...options }),
  });
  return {
    database,
    folder,
    file: (name, content = '') => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, content);
      return file;
    },
    // With the keys of another laid beside it, as before a restore (docs/operation.md).
    empty: (like) => {
      const desk = at(database.empty());
      if (like) lay_keys_beside(desk.address, like.address);
      return desk;
    },
    demo: () => at(database.with_demo_area()),
    at,
    lay_keys_beside,
    end: () => fs.rmSync(folder, { recursive: true }),
  };
}

function lay_keys_beside(address, of) {
  const keys = (one) => one.replace('sqlite:', '').replace(/db$/, 'keys');
  if (of.startsWith('sqlite:')) fs.copyFileSync(keys(of), keys(address));
}

process.exitCode = (await walk(path.join(import.meta.dirname, 'journeys'), desk)) ? 0 : 1;
