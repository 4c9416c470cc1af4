import { stat, statfs } from 'node:fs/promises';

/** The disk is too full for a backup: it would take the room that the shop itself needs. */
export class NoRoom extends Error {}

/** A copy, what it packs to, and the copy that proves it lie side by side for a moment. */
const COPIES = 3;

/** Throws NoRoom. */
export async function checkRoom(folder: string, database: string) {
  const { bavail, bsize } = await statfs(folder);
  const needed = COPIES * (await stat(database)).size;
  if (bavail * bsize < needed)
    throw new NoRoom(
      `A backup needs ${inMegabytes(needed)} MB for a moment, and ${inMegabytes(bavail * bsize)} MB are free`,
    );
}

const inMegabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
