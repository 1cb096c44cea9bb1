import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { serve } from '../../walk/stafett.mjs';

export default async ({ database, demo, empty, at, lay_keys_beside, folder, file }, test) => {
  const area = demo();
  const refused = ({ status, out, err }, says) => {
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^stafett: [^\n]+\n$/);
    assert.match(err, says);
  };
  const sql = async (statement) => {
    if (database.name === 'PostgreSQL') return execFileSync('psql', ['-q', '-d', area.address, '-c', statement]);
    const { DatabaseSync } = await import('node:sqlite');
    const opened = new DatabaseSync(area.address.replace('sqlite:', ''));
    opened.exec(statement);
    opened.close();
  };
  const women = async (desk) => (await desk.run('table started --by intervention,sex --audience unit')).out;

  if (database.name === 'SQLite') {
    await test('a backup is restored into an empty database, which then says the same', async () => {
      const kept = await area.run(`backup ${folder}/kept.backup`);
      assert.equal(kept.status, 0, kept.err);
      const other = empty(area);
      const restored = await other.run(`restore ${folder}/kept.backup`);
      assert.equal(restored.status, 0, restored.err);
      assert.equal(await women(other), await women(area));
    });
    await test('a backup never takes the place of another file', async () => {
      const before = fs.readFileSync(`${folder}/kept.backup`);
      refused(await area.run(`backup ${folder}/kept.backup`), /finns redan/);
      assert.ok(fs.readFileSync(`${folder}/kept.backup`).equals(before));
    });
    await test('a backup is for its owner only', () => assert.equal(fs.statSync(`${folder}/kept.backup`).mode & 0o077, 0));
    await test('nothing is restored over what is there, nor from half a backup', async () => {
      refused(await area.run(`restore ${folder}/kept.backup`), /inte tom/);
      const half = file('half.backup', fs.readFileSync(`${folder}/kept.backup`).subarray(0, 50_000));
      refused(await empty(area).run(`restore ${half}`), /inte en hel kopia/);
      refused(await empty(area).run(`restore ${file('letter.txt', 'Hej!')}`), /inte en hel kopia/);
    });
    await test('T45: a backup of which a single byte has changed is refused, wherever it is', async () => {
      const changed = `${folder}/changed.backup`;
      const bytes = fs.readFileSync(`${folder}/kept.backup`);
      fs.copyFileSync(`${folder}/kept.backup.sha256`, `${changed}.sha256`);
      for (let place = 0; place < bytes.length; place += Math.floor(bytes.length / 40 / 1000) * 1000) {
        bytes[place] ^= 1;
        fs.writeFileSync(changed, bytes);
        bytes[place] ^= 1;
        refused(await empty(area).run(`restore ${changed}`), /inte som den skrevs/);
      }
      fs.writeFileSync(changed, bytes);
      assert.equal((await empty(area).run(`restore ${changed}`)).status, 0);
      fs.writeFileSync(changed, bytes.subarray(0, bytes.length / 2));
      refused(await empty(area).run(`restore ${changed}`), /inte som den skrevs/);
    });
    await test('a file that is no database is left as it is', async () => {
      const letter = file('letter.db', 'Kära dagbok, '.repeat(1000));
      refused(await at(`sqlite:${letter}`).run('verify'), /ingen databas/);
      assert.match(fs.readFileSync(letter, 'utf8'), /^Kära dagbok/);
    });
    await test('a damaged database is found by verify', async () => {
      const damaged = `${folder}/damaged.db`;
      fs.copyFileSync(`${folder}/kept.backup`, damaged);
      lay_keys_beside(damaged, area.address);
      const bytes = fs.readFileSync(damaged);
      fs.writeFileSync(damaged, bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 8192));
      const { status, err } = await at(`sqlite:${damaged}`).run('verify');
      assert.equal(status, 2);
      assert.match(err, /säkerhetskopia/);
    });
    await test('a backup is taken while the server runs', async () => {
      const server = await serve(area.address);
      try {
        const kept = await area.run(`backup ${folder}/running.backup`);
        assert.deepEqual([kept.status, kept.err], [0, '']);
      } finally {
        assert.deepEqual(await server.stop(), { status: 0, err: '' });
      }
      const other = empty(area);
      assert.equal((await other.run(`restore ${folder}/running.backup`)).status, 0);
      assert.equal(await women(other), await women(area));
    });
    await test('while the server runs no other process opens the same file', async () => {
      const server = await serve(area.address);
      try {
        for (const line of ['verify', 'table started', 'import participations assets/demo/gotland/deltagare.csv', 'serve --listen 127.0.0.1:0'])
          refused(await area.run(line), /används av en annan Stafett/);
      } finally {
        assert.deepEqual(await server.stop(), { status: 0, err: '' });
      }
      assert.equal((await area.run('verify')).status, 0);
    });
    await test('a folder that nobody may write in is said to be so', async () => {
      if (process.getuid() === 0) return refused(await at('sqlite:/proc/stafett.db').run('table started'), /går inte att öppna/);
      fs.mkdirSync(`${folder}/closed`, { mode: 0o500 });
      refused(await at(`sqlite:${folder}/closed/x.db`).run('table started'), /går inte att öppna/);
    });
    await on_a_full_disk({ at, folder, test, refused, women });
  } else {
    await test('PostgreSQL is copied with its own tools, and the program says which', async () => {
      refused(await area.run(`backup ${folder}/kept.backup`), /pg_dump/);
      refused(await empty(area).run(`restore ${file('kept.backup')}`), /pg_restore/);
    });
    await test('while the server runs the commands use the same database', async () => {
      const server = await serve(area.address);
      try {
        assert.equal((await area.run('verify')).status, 0);
        assert.match((await area.run('import participations assets/demo/gotland/deltagare.csv')).out, /65 fanns redan/);
      } finally {
        assert.deepEqual(await server.stop(), { status: 0, err: '' });
      }
    });
  }
  if (database.name === 'PostgreSQL')
    await test('T64: an ordinary login is enough, and without the roles of the second wall the server says so', async () => {
      const tell = (statement) => execFileSync('psql', ['-q', '-d', process.env.TEST_DATABASE, '-c', statement]);
      tell('create role plain login');
      tell('create database plain owner plain');
      const plain = at(area.address.replace(/area_\d+/, 'plain').replace('user=stafett', 'user=plain'));
      assert.equal((await plain.run('demo')).status, 0);
      const said = async () => {
        const server = await serve(plain.address);
        assert.equal((await fetch(`${server.address}/sign-in`)).status, 200);
        return (await server.stop()).err;
      };
      assert.match(await said(), /roles of the second wall/);
      tell('grant stafett_program, stafett_association to plain');
      assert.equal(await said(), '');
      assert.equal((await plain.run('verify')).status, 0);
    });
  if (database.name === 'PostgreSQL')
    await test('the server finds its way back when PostgreSQL was away, and says so meanwhile', async () => {
      const maintenance = process.env.TEST_DATABASE;
      const tell = (statement) => execFileSync('psql', ['-q', '-d', maintenance, '-c', statement], { stdio: ['ignore', 'ignore', 'pipe'] });
      const name = area.address.match(/area_\d+/)[0];
      const server = await serve(area.address);
      const page = () => fetch(`${server.address}/sign-in`);
      try {
        assert.equal((await page()).status, 200);
        tell(`alter database ${name} allow_connections false`);
        tell(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
        const away = await page();
        assert.ok(away.status >= 500, `${away.status}`);
        assert.doesNotMatch(await away.text(), /libpq|terminating|FATAL|select /i);
        tell(`alter database ${name} allow_connections true`);
        let back = 0;
        for (let tries = 0; tries !== 20 && back !== 200; ++tries) back = (await page()).status;
        assert.equal(back, 200);
      } finally {
        tell(`alter database ${name} allow_connections true`);
        assert.equal((await server.stop()).status, 0);
      }
    });
  await test('what no rule of ours could have made is found by verify', async () => {
    assert.equal((await area.run('verify')).status, 0);
    await sql("update participant set owner_id = (select id from organisation where name = 'Arbetsförmedlingen') where code = 'J-001'");
    const { status, err } = await area.run('verify');
    assert.equal(status, 2);
    assert.match(err, /^stafett: 1 deltagare har en annan ägare än sin insats\.?\n/m);
    await sql("update participant set owner_id = (select owner_id from intervention where id = 'jobbvagen-ar') where code = 'J-001'");
  });
  await test('a database of a newer version is refused by every command, and left as it is', async () => {
    await sql("insert into migration (name, checksum, applied_at) values ('2099-01-01 participants fly', 'x', '2099-01-01 00:00:00')");
    for (const line of ['table started', 'verify', 'import participations assets/demo/gotland/deltagare.csv', 'serve --listen 127.0.0.1:0'])
      refused(await area.run(line), /nyare Stafett.*participants fly/);
    await sql("delete from migration where checksum = 'x'");
    assert.equal((await area.run('verify')).status, 0);
  });
};

// A disk of two megabytes, which only root can make.
async function on_a_full_disk({ at, folder, test, refused, women }) {
  const disk = `${folder}/disk`;
  fs.mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return console.log('  (a full disk is not tried: only root can mount a small one)');
  }
  try {
    const small = at(`sqlite:${disk}/small.db`);
    await test('on a full disk an import is undone whole, in one line, and works when there is room', async () => {
      assert.equal((await small.run('intervention assets/demo/gotland/insats.toml')).status, 0);
      const before = await women(small);
      const filling = `${disk}/filling`;
      const { bavail, bsize } = fs.statfsSync(disk);
      fs.writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - 100_000)));
      const register = `${folder}/large.csv`;
      const row = (i) => `jobbvagen-ar;P-${i};2024-01-0${1 + (i % 9)};2024-06-01;Avbrutit`;
      fs.writeFileSync(register, ['insats;deltagare;start;avslut;avslutad till', ...Array.from({ length: 3000 }, (_, i) => row(i))].join('\r\n'));
      refused(await small.run(`import participations ${register}`), /Disken är full/);
      fs.rmSync(filling);
      assert.equal(await women(small), before);
      assert.equal((await small.run('verify')).status, 0);
      const { status, err } = await small.run('import participations assets/demo/gotland/deltagare.csv');
      assert.equal(status, 0, err);
    });
    await test('what is asked of a database on a full disk is answered with that the disk is full', async () => {
      fs.writeFileSync(`${disk}/filling`, '');
      const { bavail, bsize } = fs.statfsSync(disk);
      fs.writeFileSync(`${disk}/filling`, Buffer.alloc(bavail * bsize));
      refused(await small.run('import participations assets/demo/gotland/deltagare.csv'), /Disken är full/);
      fs.rmSync(`${disk}/filling`);
      assert.equal((await small.run('verify')).status, 0);
    });
    await test('rejects that have no room are said to be lost', async () => {
      fs.writeFileSync(`${disk}/filling`, '');
      const { bavail, bsize } = fs.statfsSync(disk);
      fs.writeFileSync(`${disk}/filling`, Buffer.alloc(bavail * bsize));
      const { err } = await at(`sqlite:${folder}/roomy.db`).run(`import participations tests/registers/broken/deltagare.csv --rejects ${disk}/rejects.csv`);
      assert.match(err, /rejects\.csv/);
    });
  } finally {
    execFileSync('umount', [disk]);
  }
}
