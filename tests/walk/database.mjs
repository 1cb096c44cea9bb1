// The databases that the journeys walk on: for each journey an empty one, or one of its own with the demo area.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { stafett } from './stafett.mjs';

// SQLite, and PostgreSQL where tools/with-postgresql has said which. `folder` is emptied by whoever made it.
export async function databases(folder) {
  const all = [sqlite(folder)];  // each with the folder of its files
  if (process.env.TEST_DATABASE) all.push(postgresql(process.env.TEST_DATABASE));
  for (const database of all) {
    const made = await stafett(['demo'], { database: database.demo });
    if (made.status !== 0) throw new Error(`the demo area on ${database.name}: ${made.err}`);
  }
  return all;
}

function sqlite(folder) {
  let number = 0;
  const fresh = () => path.join(folder, `area-${++number}.db`);
  const demo = path.join(folder, 'demo.db');
  return {
    name: 'SQLite',
    folder,
    demo: `sqlite:${demo}`,
    with_demo_area: () => {
      const file = fresh();
      fs.copyFileSync(demo, file);
      fs.copyFileSync(demo.replace(/db$/, 'keys'), file.replace(/db$/, 'keys'));  // what it is locked with
      return `sqlite:${file}`;
    },
    empty: () => `sqlite:${fresh()}`,
  };
}

function postgresql(address) {
  let number = 0;
  const named = (name) => address.replace(/\/stafett_test\b/, `/${name}`);
  const made = (name, like = 'template1') => {
    execFileSync('psql', ['-q', '-d', address, '-c', `create database ${name} template ${like}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    return named(name);
  };
  return {
    name: 'PostgreSQL',
    folder: new URL(address).searchParams.get('host'),
    demo: made('demo'),
    with_demo_area: () => made(`area_${++number}`, 'demo'),
    empty: () => made(`area_${++number}`),
  };
}
