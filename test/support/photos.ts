import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { FOLDER } from '../../src/reviews/photo-files.js';

/** A plain picture of so many pixels, to be written in any format. */
export const aPicture = (width = 300, height = 200): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#0b5460' } });

/** What a phone sends: a JPEG that says whose phone it was and where. */
export const aPhoto = (width?: number, height?: number): Promise<Buffer> =>
  aPicture(width, height)
    .jpeg({ quality: 60 })
    .withExif({
      IFD0: { Make: 'Phone of Alice' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 1/1 0/1' },
    })
    .toBuffer();

/** The names of the files that the shop keeps for reviews. */
export function keptPhotos(): string[] {
  mkdirSync(FOLDER, { recursive: true });
  return readdirSync(FOLDER);
}

export const forgetPhotos = () => rmSync(FOLDER, { recursive: true, force: true });
