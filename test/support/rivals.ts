import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onSqlite } from '../../src/database.js';
import { clock } from '../../src/lib/clock.js';
import { fromRoot } from '../../src/lib/root.js';
import { CHORES } from '../../src/operations/work.js';
import { settings } from '../../src/settings.js';
import { sized } from './figures.js';
import { freePorts } from './shop-process.js';

export type Chore = keyof typeof CHORES;

/** What a process is told: the test's time, and a piece of a chore to do. */
export interface Order {
  number: number;
  aheadMs: number;
  chore?: Chore;
}

export interface Report {
  number: number;
  worked: boolean;
  failure?: string;
}

/** One of the processes that share the database. */
export interface Rival {
  url: string;
  /** Does one piece of a chore at the test's time; returns whether there was one. */
  step: (chore: Chore) => Promise<boolean>;
}

const PROCESSES = sized(2, 4);
const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

let opened: Promise<Rival[]> | undefined;

/** Everybody who sells: on SQLite the one process that it allows, on PostgreSQL several more, started at the first use. */
export const openRivals = () => (opened ??= onSqlite ? Promise.resolve([here]) : openProcesses());

/** The test's own process, which is the shop of all other tests. */
export const here: Rival = {
  url: `http://127.0.0.1:${settings.port}`,
  step: (chore) => CHORES[chore].step(),
};

/** Does a chore until nothing of it is left. */
export async function finish(rival: Rival, chore: Chore) {
  while (await rival.step(chore));
}

async function openProcesses(): Promise<Rival[]> {
  const first = await freePorts();
  return Promise.all(Array.from({ length: PROCESSES }, (_, number) => openShop(first + number)));
}

async function openShop(port: number): Promise<Rival> {
  const child = await open('server', { PORT: String(port) });
  const waiting = new Map<number, (report: Report) => void>();
  child.on('message', (report: Report) => waiting.get(report.number)?.(report));
  let orders = 0;
  const step = async (chore: Chore) => {
    const order: Order = { number: (orders += 1), aheadMs: clock.now() - Date.now(), chore };
    const { worked, failure } = await new Promise<Report>((resolve) => {
      waiting.set(order.number, resolve);
      child.send(order);
    });
    waiting.delete(order.number);
    if (failure) throw new Error(failure);
    return worked;
  };
  return { url: `http://127.0.0.1:${port}`, step };
}

/** Starts worker processes as a platform does; the returned function ends them after the piece of work under way. */
export async function startWorkers(count: number): Promise<() => Promise<void>> {
  const workers = await Promise.all(Array.from({ length: count }, () => open('worker')));
  return async () => {
    await Promise.all(workers.map((worker) => end(worker)));
  };
}

async function open(script: 'server' | 'worker', env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const child = fork(fromRoot('test/support/rival-process.ts'), [script], {
    cwd: fromRoot(),
    // Everything as in test/support/environment.ts: the same database, the same outside world.
    env: { ...process.env, ...env },
    execArgv: ['--import=tsx/esm'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The ${script} process ended with ${code}`);
  });
  await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  return child;
}

async function end(child: ChildProcess) {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
