import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import * as tar from 'tar';
import { onSqlite } from '../../src/database.js';
import { DAY, HOUR, clock } from '../../src/lib/clock.js';
import { Order } from '../../src/models/index.js';
import { backups, FOLDER } from '../../src/operations/backup/folder.js';
import { Damaged, inspect } from '../../src/operations/backup/inspect.js';
import { takeBackup } from '../../src/operations/backup/take.js';
import { backUpWhenDue } from '../../src/operations/backup/when-due.js';
import { dataDir } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { buy } from '../support/shopping.js';

const out = join(dataDir, 'out');

async function unpack(name: string) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  await tar.extract({ file: join(FOLDER, name), cwd: out });
}

const left = () => readdirSync(FOLDER).filter((name) => name.startsWith('.'));

describe('A backup', function () {
  before(function () {
    if (!onSqlite) this.skip();
  });
  beforeEach(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('holds database and uploads of one moment, for nobody else’s eyes, and nothing is left beside it', async () => {
    await buy([[await aProduct(), 2]]);
    mkdirSync(join(dataDir, 'uploads', 'reviews'), { recursive: true });
    writeFileSync(join(dataDir, 'uploads', 'reviews', 'a.webp'), 'a photo');
    const steps: string[] = [];
    const { name, bytes } = await takeBackup((step) => steps.push(step));
    expect(steps).to.deep.equal(['copying the database', 'packing', 'proving']);
    expect(bytes).to.be.above(1000);
    expect(left()).to.deep.equal([]);
    expect(statSync(FOLDER).mode & 0o077).to.equal(0);

    await unpack(name);
    const { rows, broken } = await inspect(join(out, 'shop.db'));
    expect(rows).to.include({ orders: 2, purchases: 1 });
    expect(broken).to.deep.equal([]);
    expect(readFileSync(join(out, 'uploads', 'reviews', 'a.webp'), 'utf8')).to.equal('a photo');
  });

  it('is a consistent cut while orders are placed', async () => {
    const plan = await aProduct({ stock: 100 });
    const placing = { goesOn: true };
    const sales = (async () => {
      while (placing.goesOn) await buy(plan);
    })();
    const taken = [];
    for (let round = 0; round < 3; round += 1) {
      clock.advance(1000);
      taken.push(await takeBackup());
    }
    placing.goesOn = false;
    await sales;
    for (const { name } of taken) {
      await unpack(name);
      expect((await inspect(join(out, 'shop.db'))).broken).to.deep.equal([]);
    }
  });

  it('is refused when the copy is damaged, and leaves nothing behind', async () => {
    mkdirSync(out, { recursive: true });
    const file = join(out, 'damaged.db');
    rmSync(file, { force: true });
    const database = new sqlite3.Database(file);
    await new Promise((resolve) =>
      database.exec(
        'CREATE TABLE a (x PRIMARY KEY); CREATE TABLE b (y REFERENCES a(x)); INSERT INTO b VALUES (1)',
        resolve,
      ),
    );
    await new Promise((resolve) => database.close(resolve));
    const refused = await inspect(file).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Damaged);
    writeFileSync(
      file,
      'not a database, though as long as one of its pages may well be, and then a little more',
    );
    expect(await inspect(file).catch((error: unknown) => error)).to.be.instanceOf(Error);
  });

  it('is taken every day after three, once, and made up for when it was missed', async () => {
    clock.advance(Math.ceil(clock.now() / DAY) * DAY - clock.now() + 2 * HOUR);
    await backUpWhenDue();
    expect(await backups(), 'the first one at once').to.have.length(1);
    clock.advance(HOUR - 1000);
    await backUpWhenDue();
    expect(await backups()).to.have.length(1);
    for (let minute = 0; minute < 30; minute += 10) {
      clock.advance(10 * 60_000);
      await backUpWhenDue();
    }
    expect(await backups()).to.have.length(2);
    clock.advance(5 * DAY);
    await backUpWhenDue();
    expect(await backups()).to.have.length(3);
  });

  it('is kept for thirty days, and longer when it is the last', async () => {
    const first = await takeBackup();
    clock.advance(31 * DAY);
    const second = await takeBackup();
    expect((await backups()).map(({ name }) => name)).to.deep.equal([second.name]);
    expect(existsSync(join(FOLDER, first.name))).to.equal(false);
    expect(await Order.count()).to.equal(0);
  });
});
