import { BuiltProcess } from './built-process.js';
import { sized } from './figures.js';
import { builtShop } from './shop-build.js';

const STANDING_BY = sized(1, 2);
const STANDBY = ['--import', new URL('kill-standby.mjs', import.meta.url).href];

/** One process of the shop, and those that stand by to take its place: a kill then costs a fraction of a start. */
export class KillLine {
  private readonly standingBy: Promise<BuiltProcess>[] = [];
  private running: BuiltProcess | null = null;

  private constructor(
    private readonly warmUp: () => Promise<BuiltProcess>,
    private readonly openingWords: string,
    private lives: number,
  ) {
    for (let number = 0; number < STANDING_BY; number += 1) this.callNext();
  }

  static async form(
    script: 'server' | 'worker',
    openingWords: string,
    env: NodeJS.ProcessEnv,
    lives: number,
  ) {
    const built = await builtShop();
    const warmUp = async () => {
      const standby = new BuiltProcess(built, script, env, STANDBY);
      await standby.says('standing by');
      return standby;
    };
    return new KillLine(warmUp, openingWords, lives);
  }

  isRunning() {
    return this.running !== null;
  }

  lastWords() {
    return this.running?.lastWords() ?? '';
  }

  /** Resolves when the next process has begun to start. */
  async start() {
    const next = await this.standingBy.shift();
    if (!next) throw new Error('All lives are used up');
    this.callNext();
    next.tell('your turn');
    this.running = next;
  }

  /** Resolves when the process is open; rejects when it ends before, of itself or killed. */
  opens() {
    return this.running!.says(this.openingWords);
  }

  /** Throws when it was dead already: nobody but we may end it. */
  async kill() {
    const victim = this.running!;
    this.running = null;
    victim.mustLive();
    await victim.end('SIGKILL');
  }

  async disband() {
    await this.running?.end('SIGKILL');
    await Promise.all(this.standingBy.map(async (standby) => (await standby).end('SIGKILL')));
  }

  private callNext() {
    if (this.lives === 0) return;
    this.lives -= 1;
    this.standingBy.push(this.warmUp());
  }
}
