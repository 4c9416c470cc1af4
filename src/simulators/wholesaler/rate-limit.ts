import { clock } from '../../lib/clock.js';
import { Answer } from './answer.js';

export class RateLimit {
  private readonly hits = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Counts the request, or throws the 429 that Laravel services give. */
  count(key: string) {
    const now = clock.now();
    const recent = (this.hits.get(key) ?? []).filter((at) => now - at < this.windowMs);
    this.hits.set(key, recent);
    if (recent.length >= this.most) {
      const seconds = Math.ceil(((recent[0] ?? now) + this.windowMs - now) / 1000);
      throw new Answer(429, { message: 'Too Many Attempts.' }, { 'Retry-After': String(seconds) });
    }
    recent.push(now);
  }

  clear() {
    this.hits.clear();
  }
}
