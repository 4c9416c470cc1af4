import type { Purchase } from './purchase.js';

export interface Terms {
  percent?: number;
  fixed?: number;
  least?: number;
  /** Ends at this time. */
  until?: number;
  limit: number | null;
  perPerson: number | null;
}

interface Use {
  purchase: Purchase;
  slot: number;
  state: 'held' | 'used' | 'released';
}

export class Coupon {
  active = true;
  readonly uses: Use[] = [];

  constructor(
    readonly code: string,
    readonly terms: Terms,
  ) {}

  count() {
    return this.living().length;
  }

  /** What it takes off, or null when it is refused. */
  off(worth: number, now: number): number | null {
    const { percent, fixed = 0, least = 0, until = Infinity, limit } = this.terms;
    if (!this.active || now >= until || this.count() >= (limit ?? Infinity) || worth < least) return null;
    return percent === undefined ? Math.min(fixed, worth) : Math.floor((worth * percent) / 100);
  }

  /** The smallest slot that neither the address nor the account has in use, or null when that is one too many. */
  slotFor(email: string, account: string | null): number | null {
    const own = this.living().filter(
      ({ purchase }) => purchase.email === email || (account !== null && purchase.account === account),
    );
    const taken = own.map(({ slot }) => slot);
    let slot = 1;
    while (taken.includes(slot)) slot += 1;
    return slot > (this.terms.perPerson ?? Infinity) ? null : slot;
  }

  private living() {
    return this.uses.filter(({ state }) => state !== 'released');
  }
}
