import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onSqlite, sequelize } from '../../src/database.js';
import { dataDir } from './environment.js';
import type { Chance } from './kill-chance.js';
import { KillLine } from './kill-line.js';
import { freePorts } from './shop-process.js';

/** A life is as long as so many starts, so that a slow machine gets as much done in it as a fast one. */
const LONGEST_LIFE = 4;
const KILLED_IN_BOOT = 0.25;

let shops = 0;

/** The built shop in processes of its own, in front of the world of the tests; made to be killed. */
export class KilledShop {
  kills = 0;
  private opening: Promise<void> = Promise.resolve();
  private doors = closed();
  /** How long the last start took. */
  private bootMs = 500;

  private constructor(
    readonly url: string,
    /** Its database on SQLite; on PostgreSQL it shares that of the tests. */
    readonly file: string,
    private readonly lines: KillLine[],
    private readonly chance: Chance,
  ) {}

  /** The processes stand by, none runs. The shop has a folder of its own, and no database yet. */
  static async found(chance: Chance, kills: number): Promise<KilledShop> {
    const folder = join(dataDir, `killed-${(shops += 1)}`);
    await mkdir(folder);
    const file = join(folder, 'shop.db');
    const port = await freePorts();
    const url = `http://localhost:${port}`;
    const env = {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: folder,
      LOG_LEVEL: 'info',
    };
    const server = onSqlite ? { ...env, DATABASE_URL: `sqlite:${file}`, WORKER: 'inline' } : env;
    const lines = [KillLine.form('server', 'shop open', server, kills + 1)];
    if (!onSqlite) lines.push(KillLine.form('worker', 'worker started', env, kills + 1));
    return new KilledShop(url, file, await Promise.all(lines), chance);
  }

  /** Gives it the plans and coupons that the tests have written. */
  async stock() {
    if (onSqlite) await sequelize.query(`VACUUM INTO '${this.file}'`);
  }

  /** As before its first start. */
  async forget() {
    for (const ending of ['', '-wal', '-shm']) await rm(this.file + ending, { force: true });
  }

  /** Starts what does not run. Resolves when it has begun to: `opens` and `welcomes` tell the rest. */
  async start() {
    await Promise.all(this.lines.filter((line) => !line.isRunning()).map((line) => line.start()));
    this.opening = this.boot();
    // A kill may come first; who waits for the opening itself is told.
    this.opening.catch(() => {});
  }

  /** Resolves when it has opened; rejects when it could not. */
  opens() {
    return this.opening;
  }

  /** Resolves when customers can come (again), however many kills later. */
  welcomes() {
    return this.doors.opened;
  }

  lastWords() {
    return this.lines.map((line) => line.lastWords()).join('\n');
  }

  /** Till a random moment of its life, now and then before it has opened. */
  async liveAWhile() {
    if (this.chance.happens(KILLED_IN_BOOT)) return this.bootAWhile();
    await this.opening;
    await sleep(this.chance.next() * LONGEST_LIFE * this.bootMs);
  }

  /** Till a random moment of its start. */
  async bootAWhile() {
    await sleep(this.chance.next() * this.bootMs);
    // While none has come to its end, nobody knows how long one takes.
    if (!this.doors.areOpen) this.bootMs *= 1.1;
  }

  /** Kills a process: where there are two, either of them or both. */
  async kill() {
    if (this.doors.areOpen) this.doors = closed();
    const victims = this.chance.pick([...this.lines.map((line) => [line]), this.lines]);
    await Promise.all(victims.map((line) => line.kill()));
    this.kills += victims.length;
  }

  /** For good. */
  async end() {
    await Promise.all(this.lines.map((line) => line.disband()));
  }

  private async boot() {
    const began = performance.now();
    await Promise.all(this.lines.map((line) => line.opens()));
    this.bootMs = performance.now() - began;
    this.doors.open();
  }
}

/** Doors that open once. */
function closed() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const doors = { opened, areOpen: false, open: () => ((doors.areOpen = true), open()) };
  return doors;
}
