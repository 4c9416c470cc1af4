import sharp from 'sharp';
import { RuleBroken, ShopError, Unavailable } from '../errors.js';
import { Turnstile } from '../lib/turnstile.js';

const LONGEST_SIDE = 1600;
const MOST_PIXELS = 40_000_000;

/** What is decoded is decided by the first bytes, never by a name: photographs, and no SVG, GIF or PDF. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
});
// The threads are shared with the database.
sharp.concurrency(1);
sharp.cache(false);

/** A photo takes a core for a moment and much memory: one at a time. */
const turnstile = new Turnstile(1, 20);

/**
 * The picture alone, upright, as WebP: what else the file held, such as where it was taken, is gone. Throws RuleBroken
 * for what is no photo, is damaged or has too many pixels, and Unavailable when too many are waiting.
 */
export async function asWebp(file: Buffer): Promise<Buffer> {
  const done = await turnstile.run(() => developed(file));
  if (done === null) throw new Unavailable('errors.busy');
  return done;
}

async function developed(file: Buffer) {
  try {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) throw unfit('errors.review.photoPixels');
    return await sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer();
  } catch (error) {
    throw error instanceof ShopError ? error : unfit('errors.review.photoUnreadable');
  }
}

const unfit = (key: string) => new RuleBroken(key, {}, 'photos');
