import { clock } from '../../lib/clock.js';

export class RateLimit {
  private readonly hits = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Seconds to wait before this key may ask again; 0 lets the request through and counts it. */
  secondsToWait(key: string) {
    const now = clock.now();
    const recent = (this.hits.get(key) ?? []).filter((at) => now - at < this.windowMs);
    const full = recent.length >= this.most;
    this.hits.set(key, full ? recent : [...recent, now]);
    return full ? Math.ceil(((recent[0] ?? now) + this.windowMs - now) / 1000) : 0;
  }

  clear() {
    this.hits.clear();
  }
}
