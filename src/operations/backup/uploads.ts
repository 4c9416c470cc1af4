import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { settings } from '../../settings.js';

const UPLOADS = join(settings.dataDir, 'uploads');

/** Copies what customers have uploaded, file by file: one that is taken out meanwhile is not missed. Returns the bytes of each. */
export async function copyUploads(folder: string): Promise<Record<string, number>> {
  for (const name of await filesIn(UPLOADS)) {
    await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    await cp(join(UPLOADS, name), join(folder, name), { preserveTimestamps: true }).catch(unlessGone);
  }
  return sizesOf(folder);
}

export async function sizesOf(folder: string): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const name of await filesIn(folder)) sizes[name] = (await stat(join(folder, name))).size;
  return sizes;
}

async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

function unlessGone(error: unknown) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
