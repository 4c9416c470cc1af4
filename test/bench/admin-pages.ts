import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { QueryTypes } from 'sequelize';
import { hashPassword } from '../../src/accounts/password.js';
import { newId } from '../../src/lib/ids.js';
import { LISTS, type AdminList } from './admin-lists.js';

/**
 * `npm run bench:admin -- DATA_DIR`: every list of the back office on a database that `npm run seed:large` has made, its
 * first and its deepest page, one after the other. Words behind the folder pick addresses that hold them.
 */
const [dataDir, ...wanted] = process.argv.slice(2);
if (!dataDir) {
  console.error('Usage: npm run bench:admin -- DATA_DIR [ADDRESS …]');
  process.exit(2);
}
const PORT = Number(process.env.PORT ?? 4180);
Object.assign(process.env, {
  DATA_DIR: dataDir,
  WORKER: 'none',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
  PORT: String(PORT),
});
const { createApp } = await import('../../src/app.js');
const { closeDatabase, openDatabase, sequelize } = await import('../../src/database.js');
const { AuditLog, User } = await import('../../src/models/index.js');
const { migrate } = await import('../../src/operations/migrations.js');

const REQUESTS = 11;
const WARM_UP = 2;
const AIM_MS = 100;
/** So far before the end that the last page is full. */
const FROM_THE_END = 60;
const PASSWORD = 'a password for measuring';

await openDatabase();
await migrate();
const server = createServer(createApp());
await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
const admin = await User.create({
  email: `bench-${newId()}@numnaroad.example`,
  role: 'support',
  verified: true,
  passwordHash: await hashPassword(PASSWORD),
});
try {
  const cookie = await logIn();
  const chosen = LISTS.filter(({ address }) => wanted.every((word) => address.includes(word)));
  console.log(
    `Medians of ${REQUESTS}, in brackets the processor’s time for page and reader: on a busy machine, that counts.`,
  );
  console.log(`${'first ms'.padStart(16)} ${'deepest ms'.padStart(16)}  address`);
  for (const list of chosen) console.log(await lineOf(list, cookie));
} finally {
  // What staff did stays for good, and so does who did it; the one who measures did nothing.
  if ((await AuditLog.count({ where: { actorId: admin.id } })) === 0) await admin.destroy();
  server.closeAllConnections();
  server.close();
  await closeDatabase();
}

async function logIn(): Promise<string> {
  const answer = await fetch(`http://localhost:${PORT}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ email: admin.email, password: PASSWORD }),
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function lineOf(list: AdminList, cookie: string): Promise<string> {
  const first = await medianOf(list.address, cookie);
  const deepest = await deepestOf(list);
  const last = deepest === null ? null : await medianOf(deepest, cookie);
  const slow = [first, last].some((page) => page && page.ms >= AIM_MS) ? '  SLOW' : '';
  return `${shown(first)} ${shown(last)}  ${list.address}${slow}`;
}

interface Figures {
  ms: number;
  cpu: number;
}

function shown(page: Figures | null) {
  return (page ? `${page.ms.toFixed(1)} (${page.cpu.toFixed(1)})` : '–').padStart(16);
}

async function medianOf(address: string, cookie: string): Promise<Figures> {
  const times: number[] = [];
  const cpus: number[] = [];
  for (let number = 0; number < REQUESTS + WARM_UP; number += 1) {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const answer = await fetch(`http://localhost:${PORT}${address}`, {
      redirect: 'manual',
      headers: { cookie },
    });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
    if (number < WARM_UP) continue;
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(cpu);
    cpus.push((user + system) / 1000);
  }
  return { ms: middle(times), cpu: middle(cpus) };
}

function middle(values: number[]) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** The address of the list's last page, or null where all its rows are on the first. */
async function deepestOf({ address, rows, cursor = 'after' }: AdminList): Promise<string | null> {
  if (!rows) return null;
  const { table, where = 'TRUE', column = 'created', direction = 'DESC' } = rows;
  const backwards = direction === 'DESC' ? 'ASC' : 'DESC';
  const [row] = await sequelize.query<{ at: string | Date | number; id: string }>(
    `SELECT ${column} AS at, id FROM ${table} WHERE ${where}
     ORDER BY ${column} ${backwards}, id ${backwards} LIMIT 1 OFFSET ${FROM_THE_END}`,
    { type: QueryTypes.SELECT, logging: false },
  );
  if (!row) return null;
  const at = column === 'created' ? new Date(row.at).getTime() : written(row.at);
  return `${address}${address.includes('?') ? '&' : '?'}${cursor}=${at}-${row.id}`;
}

/** As src/models/paging.ts writes a value into a cursor. */
function written(value: string | Date | number) {
  return typeof value === 'number' ? value : Buffer.from(String(value)).toString('hex');
}
