import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, HOUR, clock } from '../../lib/clock.js';
import { settings } from '../../settings.js';

export const FOLDER = join(settings.dataDir, 'backups');

const NAME = /^shop-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/;
const KEPT_FOR = 30 * DAY;

/** What is under way lies in folders of this name; one that is older than an hour was left by a process that died. */
const MAKING = '.making-';

export interface Backup {
  name: string;
  at: Date;
  bytes: number;
}

export const nameOf = (at: Date) => `shop-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;

/** All backups, the newest first. Each was proved before it got its name. */
export async function backups(): Promise<Backup[]> {
  if (!existsSync(FOLDER)) return [];
  const names = (await readdir(FOLDER))
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  return Promise.all(
    names.map(async (name) => {
      const [, day, hours, minutes, seconds] = NAME.exec(name)!;
      const at = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
      return { name, at, bytes: (await stat(join(FOLDER, name))).size };
    }),
  );
}

export async function newFolder(id: string): Promise<string> {
  const folder = join(FOLDER, `${MAKING}${id}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Takes out backups of more than 30 days, never the newest, and what dead processes left. */
export async function pruneBackups() {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  const [, ...older] = await backups();
  for (const { name, at } of older)
    if (clock.now() - at.getTime() > KEPT_FOR) await rm(join(FOLDER, name), { force: true });
  for (const name of await readdir(FOLDER)) {
    const path = join(FOLDER, name);
    if (name.startsWith(MAKING) && clock.now() - (await stat(path)).mtimeMs > HOUR)
      await rm(path, { recursive: true, force: true });
  }
}
