import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export default async ({ database, demo, empty, at, folder, file }, test) => {
  const area = demo();
  const refused = ({ status, out, err }, says) => {
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^stafett: [^\n]+\n$/);
    assert.match(err, says);
  };
  const private_key = path.join(folder, 'privat.nyckel'), kept = path.join(folder, 'kept.sealed');
  const makes = await area.run(`keys --for-backups ${private_key}`);
  const settings = file('stafett.toml', makes.out);
  const backup = (to, of = area) => of.run(`--config ${settings} backup ${to}`);
  const counts = async (desk) => (await desk.run('table started --by intervention,sex --audience unit')).out;

  await test('the keys for backups are made: the private one in a file for its owner, the public one as a line of settings', async () => {
    assert.deepEqual([makes.status, makes.err], [0, '']);
    assert.match(makes.out, /^backup_key = "[0-9a-f]{80}"\n$/);
    assert.equal(fs.statSync(private_key).mode & 0o777, 0o600);
    const before = fs.readFileSync(private_key, 'utf8');
    refused(await area.run(`keys --for-backups ${private_key}`), /finns redan/);
    refused(await area.run(`keys --for-backups ${folder}/ingen/nyckel`), /går inte att skriva/);
    assert.equal(fs.readFileSync(private_key, 'utf8'), before);
  });
  await test('a key for backups that is not right is said at its line, before anything is written', async () => {
    const wrong = file('wrong.toml', `https = true\nbackup_key = "${'0'.repeat(80)}"\n`);
    refused(await area.run(`--config ${wrong} backup ${kept}`), /Rad 2: .backup_key. är ingen öppen nyckel/);
    assert.ok(!fs.existsSync(kept));
  });
  if (database.name !== 'SQLite') {
    await test('T44: PostgreSQL is copied with its own tools, also where the settings have a key for backups', async () => {
      refused(await backup(kept), /pg_dump/);
      refused(await area.run(`restore ${file('letter')} --key ${private_key}`), /pg_restore/);
      assert.deepEqual(fs.readdirSync(folder).filter((name) => name.startsWith('kept')), []);
    });
    return;
  }

  // What a thief would look for; that a copy in clear has each of them shows that looking finds it.
  const telling = ['J-001', 'jobbvagen-ar', 'SQLite format', 'CREATE TABLE', 'deltagare', 'participant'];
  const found_in = (name) => telling.filter((text) => fs.readFileSync(name).includes(text));
  await test('T44: nobody reads a code, a name of an intervention or that it is a database in a sealed backup', async () => {
    const clear = path.join(folder, 'clear.backup');
    assert.equal((await area.run(`backup ${clear}`)).status, 0);
    assert.deepEqual(found_in(clear), telling);
    const { status, out, err } = await backup(kept);
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /förseglade säkerhetskopian ligger i/);
    assert.deepEqual(found_in(kept), []);
    assert.equal(fs.statSync(kept).mode & 0o777, 0o600);
    assert.ok(fs.statSync(kept).size > fs.statSync(clear).size);
    execFileSync('sha256sum', ['-c', '--quiet', `${kept}.sha256`], { cwd: folder });
    assert.deepEqual(fs.readdirSync(folder).filter((name) => name.endsWith('.part')), []);
  });
  await test('T44: the private key opens a sealed backup, and what comes back is what was there', async () => {
    const other = empty(area);
    const restored = await other.run(`restore ${kept} --key ${private_key}`);
    assert.equal(restored.status, 0, restored.err);
    assert.match(restored.out, /är på plats/);
    assert.equal(await counts(other), await counts(area));
    assert.equal((await other.run('verify')).status, 0);
    refused(await other.run(`restore ${kept} --key ${private_key}`), /inte tom/);
  });
  await test('T44: without the private key, or with another, a sealed backup is refused and nothing is put in place', async () => {
    const another = path.join(folder, 'annan.nyckel');
    assert.equal((await area.run(`keys --for-backups ${another}`)).status, 0);
    const other = empty(area);
    refused(await other.run(`restore ${kept}`), /är förseglad.*stafett restore \S+ --key FIL/);
    refused(await other.run(`--config ${settings} restore ${kept}`), /är förseglad/);
    refused(await other.run(`restore ${kept} --key ${another}`), /går inte att öppna med den här privata nyckeln/);
    refused(await other.run(`restore ${kept} --key ${settings}`), /ingen privat nyckel/);
    refused(await other.run(`restore ${kept} --key ${folder}/ingen.nyckel`), /ingen\.nyckel/);
    assert.equal((await other.run(`restore ${kept} --key ${private_key}`)).status, 0);
  });
  await test('T44: a sealed backup that is cut off or changed is refused, with its digest and without', async () => {
    const changed = path.join(folder, 'changed.sealed');
    const bytes = fs.readFileSync(kept);
    const other = empty(area);
    const attempt = () => other.run(`restore ${changed} --key ${private_key}`);
    for (let place = 500; place < bytes.length; place += Math.ceil(bytes.length / 20)) {
      bytes[place] ^= 1;
      fs.writeFileSync(changed, bytes);
      bytes[place] ^= 1;
      refused(await attempt(), /inte som den förseglades/);
      fs.writeFileSync(changed, bytes.subarray(0, place));
      refused(await attempt(), /inte som den förseglades/);
    }
    fs.copyFileSync(`${kept}.sha256`, `${changed}.sha256`);
    refused(await attempt(), /inte som den skrevs/);
    fs.writeFileSync(changed, bytes);
    assert.equal((await attempt()).status, 0);
  });
  await test('a backup that was never sealed is restored as before, and with a key it is not taken for a sealed one', async () => {
    const clear = path.join(folder, 'clear.backup');
    refused(await empty(area).run(`restore ${clear} --key ${private_key}`), /inte förseglad/);
    const other = empty(area);
    assert.equal((await other.run(`restore ${clear}`)).status, 0);
    assert.equal(await counts(other), await counts(area));
  });
  await test('a sealed backup takes no other file\'s place, and says where it cannot be written', async () => {
    const before = fs.readFileSync(kept);
    refused(await backup(kept), /finns redan/);
    assert.ok(fs.readFileSync(kept).equals(before));
    refused(await backup(`${folder}/ingen/kopia`), /går inte att skriva/);
    refused(await backup('/proc/kopia'), /går inte att skriva/);
  });
  await on_a_full_disk({ folder, test, refused, backup });
};

// A disk smaller than the backup, which only root can make.
async function on_a_full_disk({ folder, test, refused, backup }) {
  const disk = path.join(folder, 'disk');
  fs.mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return console.log('  (a full disk is not tried: only root can mount a small one)');
  }
  try {
    await test('T44: on a full disk a sealed backup is refused, and nothing of it is left', async () => {
      refused(await backup(`${disk}/kopia`), /Disken är full/);
      assert.deepEqual(fs.readdirSync(disk), []);
    });
  } finally {
    execFileSync('umount', [disk]);
  }
}
