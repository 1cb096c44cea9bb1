import assert from 'node:assert/strict';
import fs from 'node:fs';
import { serve } from '../../walk/stafett.mjs';

export default async ({ demo, empty, database, folder, file }, test) => {
  const area = empty();
  const key_file = `${folder}/mina.keys`;
  const settings = file('nycklar.toml', `keys = "${key_file}"\n`);
  const run = (line) => area.run(`--config ${settings} ${line}`);
  const number = '640823-3234';
  const register = file('med-nummer.csv', `insats;deltagare;start;personnummer\njobbvagen-ar;NY-1;2025-01-01;${number}\n`);

  await test('the key file is made where the settings say, for its owner only', async () => {
    const { status, out } = await run('keys');
    assert.equal(status, 0);
    assert.match(out, /^[0-9a-f]{16}  \d{4}-\d\d-\d\d  används, låser 0 datanycklar\n$/);
    assert.equal(fs.statSync(key_file).mode & 0o777, 0o600);
  });
  const locked = async () => Number((await run('keys')).out.match(/används, låser (\d+) datanycklar/)[1]);
  let all;
  await test('a personal number that is read in locks with it', async () => {
    assert.equal((await run('demo')).status, 0);
    const before = await locked();
    const read = await run(`import participations ${register}`);
    assert.equal(read.status, 0, read.err);
    all = await locked();
    assert.ok(all > before);
  });
  await test('T42: with another key file or none every command is refused, and nothing is changed', async () => {
    const right = fs.readFileSync(key_file);
    fs.rmSync(key_file);
    for (const command of ['verify', 'keys', 'keys --rotate', 'table started']) {
      const { status, out, err } = await run(command);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^stafett: Nyckelfilen [^\n]+ saknas[^\n]+ Ingenting ändrades\.\n$/);
    }
    assert.ok(!fs.existsSync(key_file));
    fs.writeFileSync(key_file, right, { mode: 0o600 });
    assert.equal((await run('verify')).status, 0);
  });
  await test('the top key is changed, and the old one is forgotten', async () => {
    const before = (await run('keys')).out.slice(0, 16);
    assert.match((await run('keys --rotate')).out, new RegExp(`och ${all} datanycklar är låsta med den`));
    assert.match((await run('keys')).out, /gammal, låser 0 datanycklar/);
    assert.match((await run('keys --forget-old')).out, /^1 gamla toppnycklar är borttagna\./);
    assert.ok(!fs.readFileSync(key_file, 'utf8').includes(before));
    assert.equal((await run('verify')).status, 0);
  });
  await test('what stood in clear before there were seals is sealed at the next start, and gone from the file', async () => {
    if (database.name !== 'SQLite') return;
    const { DatabaseSync } = await import('node:sqlite');
    const other = demo();
    const path = other.address.replace('sqlite:', '');
    const open = (work) => {
      const opened = new DatabaseSync(path);
      try {
        return work(opened);
      } finally {
        opened.close();
      }
    };
    open((area) => {
      area.exec(`
        insert into account_code (account_id, secret, last_step, since)
        select id, 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U', 0, '2026-01-01 00:00:00' from account where name = 'coach';
        insert into broken_glass (id, account_id, participant_id, reason, broken_at, until_at, finding)
        select 'glas', account.id, participant.id, 'mamman ringde i panik', '2026-01-01 00:00:00', '2026-01-01 00:30:00', 'helt i sin ordning'
        from account, participant where account.name = 'coach' limit 1;
        update participant set personal_number = '196408233234' where id = (select min(id) from participant);`);
      area.exec('pragma wal_checkpoint(truncate)');
    });
    const words = ['MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U', 'mamman ringde i panik', 'helt i sin ordning', '196408233234'];
    for (const word of words) assert.ok(fs.readFileSync(path, 'latin1').includes(word));
    const started = await other.run('keys');
    assert.equal(started.status, 0, started.err);
    const left = ['', '-wal'].map((end) => (fs.existsSync(path + end) ? fs.readFileSync(path + end, 'latin1') : '')).join('');
    for (const word of words) assert.ok(!left.includes(word), word);
    const sealed = open((area) => area.prepare('select (select secret from account_code) || (select reason || finding from broken_glass) as x').get().x);
    assert.ok(sealed.length > 400);
    assert.equal((await other.run('verify')).status, 0);
  });
  await test('T69: the memory of the server is never dumped to disk', async () => {
    const other = demo();
    const server = await serve(other.address);
    assert.match(fs.readFileSync(`/proc/${server.process}/limits`, 'utf8'), /Max core file size +0 +0 /);
    assert.equal((await server.stop()).status, 0);
  });
};
