// The loop that tests/browser and tests/commands walk in: every journey on SQLite, then on PostgreSQL, counting what it
// proves. The last line is "N passed, N failed".
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { databases } from './database.mjs';
import { anything_remembered, readable_in } from './sealed.mjs';

// Each file in `folder` exports `default async (place, test) => …`, where `place` is what `begin(database)` gives, with
// an `end()`. Words on the command line choose journeys by file name.
export async function walk(folder, begin) {
  const wanted = process.argv.slice(2);
  const journeys = fs.readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const chosen = journeys.filter((file) => !wanted.length || wanted.some((word) => file.includes(word))).sort();
  const keep = fs.mkdtempSync(path.join(os.tmpdir(), 'stafett-tests.'));
  const counts = { passed: 0, failed: 0 };
  process.env.STAFETT_DATA = path.join(keep, 'data');  // nothing of an earlier walk, nor of somebody's own
  try {
    const walked = await databases(keep);
    for (const database of walked)
      for (const file of chosen) await walk_one(path.join(folder, file), database, begin, counts);
    if (anything_remembered()) await search(walked.map((database) => database.folder), counts);
  } finally {
    fs.rmSync(keep, { recursive: true, force: true });
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0;
}

const longest = 180;  // seconds for a test, on a machine that has much else to do

function in_time(proof) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done after ${longest} seconds`)), longest * 1000)));
  return Promise.race([proof, late]).finally(() => clearTimeout(timer));
}

// What counts the tests below a heading.
function under(title, counts) {
  console.log(`\n${title}`);
  const fail = (name, fault) => {
    ++counts.failed;
    const at = fault.stack?.match(/journeys\/\S+?:\d+/)?.[0] ?? '';
    console.log(`  FAILED: ${name} (${at})\n    ${String(fault.message ?? fault).replaceAll('\n', '\n    ')}`);
  };
  const test = async (name, prove) => {
    try {
      await in_time(prove());
      ++counts.passed;
      console.log(`  ${name}`);
    } catch (fault) {
      fail(name, fault);
    }
  };
  return { test, fail };
}

async function walk_one(file, database, begin, counts) {
  const title = `${path.basename(file, '.mjs').replaceAll('_', ' ')}, on ${database.name}`;
  const { test, fail } = under(title, counts);
  let place;
  try {
    const { default: journey } = await import(file);
    place = await begin(database, title);
    await journey(place, test);
  } catch (fault) {
    fail('the journey was broken off', fault);
  }
  if (place) await test('and nothing went wrong on the way', () => place.end());
}

// The name of an intervention stands open in every demo area, so that the search is seen to find what is there.
async function search(folders, counts) {
  const { test } = under('what was left on disk', counts);
  await test('T12: nothing that was written under seal can be read in a database, its log or what lies beside it', async () => {
    for (const folder of folders)
      if (!readable_in([folder], ['Närmare studier']).length) throw new Error(`nothing at all was found in ${folder}`);
    const found = readable_in(folders);
    if (found.length) throw new Error(`readable in ${found.join(', ')}`);
  });
}
