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
    empty: () => at(database.empty()),
    demo: () => at(database.with_demo_area()),
    at,
    end: () => fs.rmSync(folder, { recursive: true }),
  };
}

process.exitCode = (await walk(path.join(import.meta.dirname, 'journeys'), desk)) ? 0 : 1;
