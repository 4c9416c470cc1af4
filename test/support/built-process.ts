import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SPEAK_WITHIN_MS = 120_000;

/** A process of the built shop, with the settings given and no others. */
export class BuiltProcess {
  protected output = '';
  private readonly child: ChildProcess;
  /** The code that it ended with, or null when a signal ended it. */
  private readonly ended: Promise<number | null>;

  constructor(built: string, script: 'server' | 'worker', env: NodeJS.ProcessEnv, flags: string[] = []) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [...flags, join(built, 'src', `${script}.js`)], {
      env: { PATH, HOME, UV_THREADPOOL_SIZE: '16', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Resolves when it has printed these words; throws when it ends before. */
  async says(words: string) {
    const said = new Promise<true>((resolve) => {
      const listen = () => {
        if (!this.output.includes(words)) return;
        this.child.stdout!.off('data', listen);
        resolve(true);
      };
      this.child.stdout!.on('data', listen);
      listen();
    });
    const died = this.ended.then((code) => `It ended with ${code}`);
    const late = sleep(SPEAK_WITHIN_MS, `It was silent for ${SPEAK_WITHIN_MS} ms`, { ref: false });
    const outcome = await Promise.race([said, died, late]);
    if (outcome !== true) throw new Error(`${outcome} and never said "${words}":\n${this.output}`);
  }

  /** A line on its standard input. */
  tell(words: string) {
    this.child.stdin!.write(`${words}\n`);
  }

  /** Throws when it has ended. */
  mustLive() {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`It ended with ${exitCode ?? signalCode}:\n${this.output}`);
  }

  lastWords() {
    return this.output.slice(-2000);
  }

  /** Sends a signal, and gives the code that the process ended with, or null when the signal killed it. */
  async end(signal: NodeJS.Signals, withinMs = 5000): Promise<number | null> {
    this.child.kill(signal);
    const late = sleep(withinMs, 'late' as const, { ref: false });
    const code = await Promise.race([this.ended, late]);
    if (code !== 'late') return code;
    this.child.kill('SIGKILL');
    throw new Error(`Still running ${withinMs} ms after ${signal}:\n${this.output}`);
  }
}
