import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { fromRoot } from '../../src/lib/root.js';

const FOLDERS = ['races', 'crashes', 'properties', 'controls'];

const ROOT = process.env.PROOF_FOLDER ?? mkdtempSync(join(tmpdir(), 'proof-'));

/** One of the two databases, and what its part of the proof has counted. */
export class Engine {
  private readonly folder: string;

  constructor(
    readonly name: 'SQLite' | 'PostgreSQL',
    private readonly url?: string,
  ) {
    this.folder = join(ROOT, name);
    mkdirSync(this.folder, { recursive: true });
  }

  /** The test files of the proof, or those of them that hold one of the words. */
  files(words: string[]): string[] {
    return FOLDERS.flatMap((folder) =>
      readdirSync(fromRoot('test', folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => `test/${folder}/${file}`),
    ).filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  }

  hasPassed(file: string): boolean {
    return existsSync(this.figuresOf(file));
  }

  async run(file: string): Promise<boolean> {
    const counted = `${this.logOf(file)}.counted`;
    rmSync(counted, { force: true });
    const env = { ...process.env, PROOF: '1', PROOF_FIGURES: counted, ...(await this.database(file)) };
    const child = spawn(
      fromRoot('node_modules/.bin/mocha'),
      ['--config', '.mocharc.proof.json', '--spec', file],
      {
        cwd: fromRoot(),
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const log = createWriteStream(this.logOf(file));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) return false;
    if (existsSync(counted)) renameSync(counted, this.figuresOf(file));
    return true;
  }

  private figuresOf(file: string): string {
    return join(this.folder, `${file.replaceAll('/', '_')}.figures`);
  }

  logOf(file: string): string {
    return join(this.folder, `${file.replaceAll('/', '_')}.log`);
  }

  figures(): Record<string, number> {
    const sums: Record<string, number> = {};
    const kept = readdirSync(this.folder).filter((name) => name.endsWith('.figures'));
    const lines = kept.flatMap((name) => readFileSync(join(this.folder, name), 'utf8').trim().split('\n'));
    for (const line of lines) {
      const { figure, by } = JSON.parse(line) as { figure: string; by: number };
      sums[figure] = (sums[figure] ?? 0) + by;
    }
    return sums;
  }

  /** A database of its own for each file, so that two can run at once. */
  private async database(file: string) {
    if (!this.url) return { TEST_DATABASE_URL: undefined };
    const url = new URL(this.url);
    const name = `${url.pathname.slice(1)}_${file.replaceAll(/\W/g, '_')}`.slice(0, 50).toLowerCase();
    const client = new pg.Client(this.url);
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}"`);
    await client.end();
    url.pathname = `/${name}`;
    return { TEST_DATABASE_URL: url.href };
  }
}
