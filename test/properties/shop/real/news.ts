import { WebhookEvent } from '../../../../src/models/index.js';
import { world } from '../../../support/environment.js';
import type { Purchase } from '../model/purchase.js';
import type { ModelShop } from '../model/shop.js';

/** What Stripe has told the shop, and its worker has not yet worked on. */
export class News {
  private readonly known = new Set<string>();
  private readonly about = new Set<Purchase>();

  constructor(private readonly placed: readonly { session: string | null }[]) {}

  /** Waits until every message on its way has arrived. */
  async hear(model: ModelShop) {
    await world.stripe.settled();
    const arrived = world.stripe
      .events()
      .filter(({ id, answers }) => !this.known.has(id) && answers.includes(200));
    const waiting = await WebhookEvent.findAll({
      where: { eventId: arrived.map(({ id }) => id), state: 'received' },
      attributes: ['eventId'],
    });
    for (const { id, type, data } of arrived) {
      this.known.add(id);
      // What came of the worker's own doing it may have worked on at once.
      if (!waiting.some(({ eventId }) => eventId === id)) continue;
      const purchase = /^checkout|refund/.test(type) && model.purchases[this.subject(data.object)];
      if (purchase) this.about.add(purchase);
    }
  }

  take() {
    const news = [...this.about];
    this.about.clear();
    return news;
  }

  private subject(object: { id?: string; payment_intent?: string | null }) {
    const { sessions } = world.stripe.ledger();
    const session = sessions.find(
      ({ id, payment_intent }) => id === object.id || payment_intent === (object.payment_intent ?? object.id),
    );
    return this.placed.findIndex((placed) => placed.session === session?.id);
  }
}
