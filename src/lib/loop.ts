import { onWake } from './wake.js';

/**
 * Repeats `step` while it finds work, then rests for `restMs` or until somebody calls `wake()`. An error of the step is
 * reported and rested on, never thrown.
 */
export class Loop {
  private stopping = false;
  private rung = false;
  private endRest: () => void = () => {};
  private readonly done: Promise<void>;
  private readonly unsubscribe: () => unknown;

  constructor(
    private readonly step: () => Promise<boolean>,
    private readonly restMs: number,
    private readonly report: (error: unknown) => void,
  ) {
    this.unsubscribe = onWake(() => {
      this.rung = true;
      this.endRest();
    });
    this.done = this.run();
  }

  /** Resolves when the step under way has ended. */
  async stop() {
    this.stopping = true;
    this.unsubscribe();
    this.endRest();
    await this.done;
  }

  private async run() {
    while (!this.stopping) {
      this.rung = false;
      const worked = await this.attempt();
      if (!worked && !this.rung && !this.stopping) await this.rest();
    }
  }

  private async attempt() {
    try {
      return await this.step();
    } catch (error) {
      this.report(error);
      return false;
    }
  }

  private rest() {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.restMs);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
