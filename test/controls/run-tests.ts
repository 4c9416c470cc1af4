import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onSqlite } from '../../src/database.js';
import { fromRoot } from '../../src/lib/root.js';
import { dataDir } from '../support/environment.js';
import { freshDatabase } from './fresh-database.js';

const MOCHA = fromRoot('node_modules/mocha/bin/mocha.js');
const SUPPORT = ['environment', 'hooks'].flatMap((name) => ['--require', `./test/support/${name}.ts`]);

export interface Tests {
  /** Files under test/, patterns allowed. */
  spec: string[];
}

/**
 * Runs tests of the project in `root` in a process of their own until the first one fails, and gives its title, or null
 * when all passed. Throws when no test was run: a file that does not load proves nothing.
 */
export async function firstFailure({ spec }: Tests, root: string, lane: number, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(
    process.execPath,
    [MOCHA, '--no-config', '--import=tsx/esm', ...SUPPORT, '--exit', '--bail', '--timeout', '60000']
      .concat('--reporter', 'json')
      .concat(spec.map((file) => join('test', file))),
    { cwd: root, env: { ...(await environment(lane)), ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk: Buffer) => (output[name] += chunk.toString()));
  await once(child, 'close');
  const report = reportIn(output.stdout);
  if (!report || report.stats.passes + report.stats.failures === 0)
    throw new Error(`No test was run:\n${output.stdout.slice(-2000)}${output.stderr.slice(-2000)}`);
  return report.failures[0]?.fullTitle ?? null;
}

interface Report {
  stats: { passes: number; failures: number };
  failures: { fullTitle: string }[];
}

/** Tests print, so the report is looked for at the end. */
function reportIn(output: string): Report | null {
  const start = output.lastIndexOf('{\n  "stats"');
  return start < 0 ? null : (JSON.parse(output.slice(start)) as Report);
}

/** What this process was given before its own environment.ts made settings of it. */
async function environment(lane: number): Promise<NodeJS.ProcessEnv> {
  const { PATH, HOME } = process.env;
  const database = onSqlite ? {} : { TEST_DATABASE_URL: await freshDatabase(lane) };
  return { PATH, HOME, TMPDIR: dataDir, ...database };
}
