import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as tar from 'tar';
import { log, onSqlite } from '../../database.js';
import { clock } from '../../lib/clock.js';
import { newId } from '../../lib/ids.js';
import { settings } from '../../settings.js';
import { FOLDER, nameOf, newFolder, pruneBackups, type Backup } from './folder.js';
import { Damaged, inspect, type Inspection } from './inspect.js';
import { checkRoom } from './room.js';
import { SqliteFile } from './sqlite-file.js';
import { copyUploads, sizesOf } from './uploads.js';

const DATABASE = settings.databaseUrl.slice('sqlite:'.length);

/** What lies in a backup beside the database and the uploads. */
export interface Manifest extends Inspection {
  /** ISO 8601. */
  at: string;
  /** Bytes of each uploaded file by its name. */
  uploads: Record<string, number>;
}

/**
 * Copies the database as it is at one moment, and the uploads as they are right after it, into DATA_DIR/backups, proves
 * the copy by unpacking it and asking it everything that the shop is asked, and only then gives it its name. `report`
 * hears each step. Throws Damaged, NoRoom, or what the disk says; nothing is left behind then. On PostgreSQL it throws:
 * its own tools make its backups.
 */
export async function takeBackup(report: (step: string) => void = () => {}): Promise<Backup> {
  if (!onSqlite) throw new Error('On PostgreSQL backups are pg_dump’s; this makes those of a SQLite shop');
  await pruneBackups();
  await checkRoom(FOLDER, DATABASE);
  const at = new Date(Math.floor(clock.now() / 1000) * 1000);
  const folder = await newFolder(newId());
  try {
    report('copying the database');
    const manifest = await fill(join(folder, 'shop'), at);
    report('packing');
    const packed = join(folder, 'packed.tar.gz');
    await tar.create({ gzip: true, portable: true, cwd: join(folder, 'shop'), file: packed }, ['.']);
    report('proving');
    await prove(packed, join(folder, 'proof'), manifest);
    const backup = await giveName(packed, at);
    await pruneBackups();
    return backup;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string, at: Date): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, 'shop.db');
  await SqliteFile.with(DATABASE, (shop) => shop.copyTo(copy));
  const uploads = await copyUploads(join(folder, 'uploads'));
  const manifest = { at: at.toISOString(), uploads, ...(await inspect(copy)) };
  if (manifest.broken.length > 0)
    log.error({ broken: manifest.broken }, 'the books that were backed up do not add up');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/** A backup is what comes out of it. */
async function prove(packed: string, folder: string, manifest: Manifest) {
  await mkdir(folder, { mode: 0o700 });
  await tar.extract({ file: packed, cwd: folder, strict: true });
  const stored = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const { rows, broken } = await inspect(join(folder, 'shop.db'));
  const uploads = await sizesOf(join(folder, 'uploads'));
  const isWhole =
    isDeepStrictEqual(stored, manifest) &&
    isDeepStrictEqual(rows, manifest.rows) &&
    isDeepStrictEqual(uploads, manifest.uploads) &&
    broken.length === manifest.broken.length;
  if (!isWhole) throw new Damaged('What came out of the backup is not what went in');
}

/** Under its name it lies on the disk, whatever happens to the power. */
async function giveName(packed: string, at: Date): Promise<Backup> {
  const name = nameOf(at);
  await toDisk(packed);
  await rename(packed, join(FOLDER, name));
  await toDisk(FOLDER);
  return { name, at, bytes: (await stat(join(FOLDER, name))).size };
}

async function toDisk(path: string) {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
