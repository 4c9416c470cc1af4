import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import * as tar from 'tar';
import { log, onSqlite } from '../../database.js';
import { clock } from '../../lib/clock.js';
import { newId } from '../../lib/ids.js';
import { settings } from '../../settings.js';
import { FOLDER, nameOf, newFolder, pruneBackups, type Backup } from './folder.js';
import { Damaged, inspect, type Inspection } from './inspect.js';
import { SqliteFile } from './sqlite-file.js';

const UPLOADS = join(settings.dataDir, 'uploads');

/** What lies in a backup beside the database and the uploads. */
export interface Manifest extends Inspection {
  /** ISO 8601. */
  at: string;
}

/**
 * Copies database and uploads as they are at one moment into DATA_DIR/backups, proves the copy by unpacking it and
 * asking it everything that the shop is asked, and only then gives it its name. `report` hears each step. Throws Damaged,
 * or what the disk says; nothing is left behind then. On PostgreSQL it throws: its own tools make its backups.
 */
export async function takeBackup(report: (step: string) => void = () => {}): Promise<Backup> {
  if (!onSqlite) throw new Error('On PostgreSQL backups are pg_dump’s; this makes those of a SQLite shop');
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
    const name = nameOf(at);
    await rename(packed, join(FOLDER, name));
    await pruneBackups();
    return { name, at, bytes: (await stat(join(FOLDER, name))).size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string, at: Date): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, 'shop.db');
  await SqliteFile.with(settings.databaseUrl.slice('sqlite:'.length), (shop) => shop.copyTo(copy));
  // After the database: a photo that a row names is stored before that row.
  if (existsSync(UPLOADS))
    await cp(UPLOADS, join(folder, 'uploads'), { recursive: true, preserveTimestamps: true });
  const manifest = { at: at.toISOString(), ...(await inspect(copy)) };
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
  if (
    !isDeepStrictEqual(stored, manifest) ||
    !isDeepStrictEqual(rows, manifest.rows) ||
    broken.length !== manifest.broken.length
  )
    throw new Damaged('What came out of the backup is not what went in');
}
