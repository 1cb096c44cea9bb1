import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { program } from '../../walk/stafett.mjs';

// [what is typed, what the one line on standard error must say]
const refused = [
  ['table clsed', /clsed.*closed/],
  ['table closed --by sx', /sx.*sex/],
  ['table closed --by sex,destination,year,month', /tre/],
  ['table closed --where sex', /sex.*sex=kvinna/],
  ['table closed --where sex=kvina', /kvina/],
  ['table closed --from 2024-13-01', /2024-13-01.*2024-03-01/],
  ['table closed --from 2024-05-01 --to 2024-01-01', /./],
  ['table closed --format ods', /ods/],
  ['table closed --audience everyone', /everyone/],
  ['goals jobbvagen', /jobbvagen/],
  ['goals', /INSATS saknas/],
  ['report jobbvagen-ar --form assets/forms/slutrapport-insats.docx --from 2024-01-01 --to 2025-05-31 --out rapport.odt', /odt/],
  ['report jobbvagen-ar --form finns-inte.docx --from 2024-01-01 --to 2025-05-31 --out rapport.docx', /finns-inte\.docx/],
  ['report jobbvagen-ar --form README.md --from 2024-01-01 --to 2025-05-31 --out rapport.docx', /README\.md|Word/],
  ['import participants x.csv', /participants.*participations,decisions,contacts/],
  ['import participations finns-inte.csv', /finns-inte\.csv/],
  ['import participations assets', /assets/],
  ['intervention finns-inte.toml', /finns-inte\.toml/],
  ['demo', /tom/],
  ['restore finns-inte.backup', /tom|pg_restore/],
  ['--as nobody table started', /nobody/],
  ['--config finns-inte.toml table started', /finns-inte\.toml/],
  ['serve --listen nowhere', /nowhere/],
  ['serve --listen 0.0.0.0:0', /https/],
  ['tabel', /inget kommando ”tabel”. Menade du table/],
  [[], /Skriv vad som ska göras/],
  ['verify nu', /för mycket: nu/],
  ['table --by', /Skriv något efter --by/],
  ['demo --seed många', /--seed.*inget tal/],
  ['keys --rotate --for-provider nyckel', /kan inte stå tillsammans/],
];

export default async ({ demo, at, database, file }, test) => {
  const { run } = demo();
  for (const [line, says] of refused)
    await test(`“stafett ${line}” is refused in one line, and nothing is done`, async () => {
      const { status, out, err } = await run(line);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(err, says);
      assert.match(err, /^(stafett: )?[^\n]+\n$/);
      assert.doesNotMatch(err, /(There is|Write it|what\(\)|exception|terminate)/);
    });
  await test('a command that goes well is silent on standard error, and says its version and help', async () => {
    assert.deepEqual([await run('--version'), await run('--help')].map(({ status, err }) => [status, err]), [[0, ''], [0, '']]);
    assert.equal((await run('verify')).err, '');
  });
  await test('a database that cannot be reached is one line and nothing done', async () => {
    const away = database.name === 'SQLite' ? 'sqlite:/nowhere/at/all.db' : 'postgresql://127.0.0.1:1/nowhere?connect_timeout=5';
    for (const line of ['table started', 'verify', 'serve --listen 127.0.0.1:0', 'import participations assets/demo/gotland/deltagare.csv']) {
      const { status, out, err } = await at(away).run(line);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^stafett: [^\n]+\n$/);
      assert.match(err, database.name === 'SQLite' ? /nowhere\/at\/all\.db går inte/ : /PostgreSQL går inte att nå/);
    }
  });
  await test('a misspelt word in the settings is named with its line and the nearest word', async () => {
    const { status, out, err } = await run(`--config ${file('stafett.toml', '# settings\nlissten = "127.0.0.1:0"\n')} verify`);
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^stafett: [^\n]*Rad 2: .lissten.[^\n]*.listen.[^\n]*\n$/);
  });
  await test('long work shows how far it has come on a terminal, and nothing of that in a pipe', async () => {
    const register = file('many.csv', ['insats;deltagare;start', ...Array.from({ length: 9000 }, (_, i) => `jobbvagen-ar;M-${i};2024-01-10`)].join('\r\n'));
    const command = `${program} --database '${demo().address}' import participations ${register} --dry-run`;
    const seen = execFileSync('script', ['-qec', command, '/dev/null'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
    assert.match(seen, /\r[^\r\n]*\d av 9.?000 rader/);
    const { status, err } = await run(`import participations ${register} --dry-run`);
    assert.deepEqual([status, err], [0, '']);
  });
  await test('an address that is no database is refused', async () => {
    const { status, err } = await at('mysql://localhost/x').run('table started');
    assert.equal(status, 2);
    assert.match(err, /^stafett: [^\n]*mysql[^\n]*\n$/);
  });
};
