import type { Customer } from './kill-customer.js';

/** Customers, so many at a time: whoever has bought makes way for the next, until the shop closes. */
export class Crowd {
  private coming = true;
  private readonly gone: Promise<unknown>;

  constructor(size: number, next: () => Customer) {
    const queue = async () => {
      while (this.coming) await next().buys();
    };
    this.gone = Promise.all(Array.from({ length: size }, queue));
    // Reported by `leave`.
    this.gone.catch(() => {});
  }

  /** Resolves when the last has finished; rejects when one met what must not be. */
  async leave() {
    this.coming = false;
    await this.gone;
  }
}
