import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fromRoot } from '../../src/lib/root.js';
import { dataDir } from '../support/environment.js';
import type { Guard } from './guards.js';

const COPIED = ['src', 'test', 'views', 'public', 'migrations', 'seeders', 'package.json', 'tsconfig.json'];

/** Copies of the project in which lines may be changed, one per lane, so that nothing is changed here. */
export function copyOfTree(lane: number): string {
  const folder = join(dataDir, `copy-${lane}`);
  mkdirSync(folder, { recursive: true });
  for (const name of COPIED) cpSync(fromRoot(name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Runs `work` while the guard is out of that copy. */
export async function without<T>(
  { file, find, put }: Guard,
  folder: string,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(folder, file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(find, () => put),
  );
  try {
    return await work();
  } finally {
    writeFileSync(path, whole);
  }
}

export const timesFound = ({ file, find }: Guard) =>
  readFileSync(fromRoot(file), 'utf8').split(find).length - 1;
