import { takeBackup } from './backup/take.js';

/** `npm run backup`: takes a backup now, says what it does, and fails when it could not be proved. */

// It holds everything that the shop knows.
process.umask(0o077);

const { name, bytes } = await takeBackup((step) => console.log(`${step} …`));
console.log(`${name}, ${(bytes / 1_000_000).toFixed(1)} MB, unpacked and checked`);
