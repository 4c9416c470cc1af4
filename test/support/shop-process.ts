import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../src/lib/root.js';
import { eventually } from './eventually.js';

const START_WITHIN_MS = 30_000;
/** The shop, and the simulators on the ports above it. */
const PORTS = 7;

/** The shop as somebody starts it who has just unpacked it: no settings but a port and a folder. */
export class ShopProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Resolves when the shop has said where everything is. */
  static async start(dataDir: string, port: number): Promise<ShopProcess> {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx/esm', 'src/server.ts'], {
      cwd: ROOT,
      env: { PATH, HOME, DATA_DIR: dataDir, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const shop = new ShopProcess(child);
    await eventually(
      'the shop opens',
      () => shop.mustLive() && shop.output.includes('Test card'),
      START_WITHIN_MS,
    );
    return shop;
  }

  /** What stands behind a name in the list of addresses that was printed. */
  address(name: string): string {
    const printed = new RegExp(`^ *${name}[^\\n]*? {2,}(\\S.*)$`, 'm').exec(this.output)?.[1];
    if (!printed) throw new Error(`No ${name} was printed:\n${this.output}`);
    return printed;
  }

  get url() {
    return this.address('Shop');
  }

  get mailbox() {
    return this.address('Mailbox');
  }

  get wholesalers() {
    return ['Airalo', 'MobiMatter', 'eSIM Card'].map((name) => this.address(name));
  }

  get admin() {
    const [email, password] = this.address('log in as').split(/\s+/);
    return { email: email!, password: password! };
  }

  /** Sends a signal, and gives the code that the process ended with, or null when the signal killed it. */
  async end(signal: NodeJS.Signals, withinMs = 5000): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    const late = sleep(withinMs, null, { ref: false }).then(() => {
      this.child.kill('SIGKILL');
      throw new Error(`Still running ${withinMs} ms after ${signal}:\n${this.output}`);
    });
    return (await Promise.race([ended, late]))[0];
  }

  private mustLive(): true {
    if (this.child.exitCode === null) return true;
    throw new Error(`The shop ended with ${this.child.exitCode}:\n${this.output}`);
  }
}

/** The first of seven free ports in a row. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const probes = await Promise.all(Array.from({ length: PORTS }, (_, offset) => isFree(first + offset)));
    if (probes.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
