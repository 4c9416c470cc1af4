/** Lets `places` pieces of work run at once; the others wait outside, in order, up to `queue` of them. */
export class Turnstile {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly queue: number,
  ) {}

  /** Null when too many are waiting already. */
  async run<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.inside >= this.places) {
      if (this.waiting.length >= this.queue) return null;
      await new Promise<void>((enter) => this.waiting.push(enter));
    }
    this.inside += 1;
    try {
      return await work();
    } finally {
      this.inside -= 1;
      this.waiting.shift()?.();
    }
  }
}
