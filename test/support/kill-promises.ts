import { Order, Purchase } from '../../src/models/index.js';

/** What customers were told, and rely on. */
export class Promises {
  /** Stripe's sessions that the shop sent them to. */
  readonly sessions = new Set<string>();
  /** The purchases that cost nothing. */
  readonly free = new Set<string>();
  /** The eSIMs that they saw, by the order's public id. */
  readonly esims = new Map<string, string>();

  /** A sentence for each that does not hold. */
  async broken(): Promise<string[]> {
    const purchases = await Purchase.findAll();
    const known = new Set(purchases.map(({ stripeSessionId }) => stripeSessionId));
    const paid = new Set(purchases.filter(({ state }) => state === 'paid').map(({ id }) => id));
    const owned = new Map((await Order.findAll()).map(({ publicId, esimIccid }) => [publicId, esimIccid]));
    return [
      ...[...this.sessions].filter((id) => !known.has(id)).map((id) => `session ${id} has no purchase`),
      ...[...this.free].filter((id) => !paid.has(id)).map((id) => `purchase ${id} is not paid`),
      ...[...this.esims]
        .filter(([id, iccid]) => owned.get(id) !== iccid)
        .map(([id, iccid]) => `order ${id} showed ${iccid} and has ${owned.get(id)}`),
    ];
  }
}
