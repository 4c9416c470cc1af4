import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { Review } from '../models/index.js';
import { settings } from '../settings.js';
import { asWebp } from './photo.js';

export const MOST_PHOTOS = 3;

/** Where the files lie, of each review under its id and a random name. */
export const FOLDER = join(settings.dataDir, 'uploads', 'reviews');
const NAME = /^([a-z0-9]{15})-[a-z0-9]{15}\.webp$/;
const ADDRESS = '/reviews/photos/';

/** A file that no row names yet may belong to a form that is being sent. */
const UNNAMED_FOR = HOUR;

/** The id of the review in the name of a photo, or null when nothing here is called so. */
export const reviewIn = (name: string) => NAME.exec(name)?.[1] ?? null;

/**
 * Stores uploaded photos for a review and runs `work` with their addresses. All of them are gone again when one is no
 * photo, or `work` throws.
 */
export async function withPhotos<T>(
  reviewId: string,
  uploads: readonly Buffer[],
  work: (addresses: string[]) => Promise<T>,
): Promise<T> {
  const addresses: string[] = [];
  try {
    for (const upload of uploads) {
      const name = `${reviewId}-${newId()}.webp`;
      await store(name, await asWebp(upload));
      addresses.push(ADDRESS + name);
    }
    return await work(addresses);
  } catch (error) {
    await removePhotos(addresses);
    throw error;
  }
}

/** Under its name it is always whole. */
async function store(name: string, content: Buffer) {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  const temporary = join(FOLDER, `${name}.part`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(FOLDER, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** After the row no longer names them; what a crash leaves behind, `sweepPhotos` finds. */
export async function removePhotos(addresses: readonly string[]) {
  const names = addresses.map((address) => address.slice(ADDRESS.length)).filter((name) => reviewIn(name));
  await Promise.all(names.map((name) => rm(join(FOLDER, name), { force: true })));
}

/** Removes the files that no review names: their form or their process died, or their review is gone. */
export async function sweepPhotos() {
  for (const name of await readdir(FOLDER).catch(() => [])) {
    const { mtimeMs } = await stat(join(FOLDER, name)).catch(() => ({ mtimeMs: Infinity }));
    if (clock.now() - mtimeMs < UNNAMED_FOR) continue;
    const reviewId = reviewIn(name);
    const review = reviewId && (await Review.findByPk(reviewId, { attributes: ['images'] }));
    if (!review || !review.images?.includes(ADDRESS + name)) await rm(join(FOLDER, name), { force: true });
  }
}
