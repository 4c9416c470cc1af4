import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, fromRoot } from '../../src/lib/root.js';
import { dataDir } from './environment.js';

/** What the built shop reads beside its own code. */
const PARTS = ['package.json', 'node_modules', 'public', 'views', 'src'];

let building: Promise<string> | undefined;

/** The folder of the shop as `npm run build` makes it, built once for all tests: `dist/` is somebody else's. */
export const builtShop = () => (building ??= build());

async function build() {
  const folder = join(dataDir, 'built');
  await mkdir(folder);
  for (const part of PARTS) await symlink(fromRoot(part), join(folder, part));
  const dist = join(folder, 'dist');
  // `npm run types` checks the types.
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist];
  const compiler = spawn(fromRoot('node_modules/.bin/tsc'), options, { cwd: ROOT, stdio: 'inherit' });
  const [code] = (await once(compiler, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The build ended with ${code}`);
  return dist;
}
