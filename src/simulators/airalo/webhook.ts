import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, clock } from '../../lib/clock.js';
import type { BookedOrder, Books } from '../wholesaler/books.js';
import { orderView, simViews } from './order-view.js';

const ATTEMPTS = 20;
const RETRY_AFTER = 15 * MINUTE;
const LOOK_EVERY_MS = 20;

interface WebhookSettings {
  secret: string;
  /** As if the partner had opted in to `async_orders` with this address. */
  optedInUrl?: string | undefined;
}

/** Tells the partner how an asynchronous order ended (Airalo Partner API docs: webhooks guide). */
export class Webhook {
  constructor(
    private readonly books: Books,
    private readonly settings: WebhookSettings,
  ) {}

  addressFor(given: string | null | undefined) {
    return given ?? this.settings.optedInUrl;
  }

  announceFailure(url: string, requestId: string) {
    void this.deliver(url, {
      request_id: requestId,
      reason: 'The requested eSIM package is invalid or it is currently out of stock.',
    });
  }

  announceWhenReady(url: string, order: BookedOrder) {
    void this.waitFor(url, order);
  }

  private async waitFor(url: string, { id }: BookedOrder) {
    await until(() => {
      const order = this.books.find(id);
      return !order || this.books.isReady(order);
    });
    const order = this.books.find(id);
    // A reset forgets what was still to be told.
    if (!order) return;
    await this.deliver(url, { ...orderView(order), sims: simViews(order), request_id: order.requestId });
  }

  private async deliver(url: string, payload: unknown) {
    const body = phpJson(payload);
    const signature = createHmac('sha512', this.settings.secret).update(body).digest('hex');
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const due = clock.now() + RETRY_AFTER;
      if (await isTaken(url, body, signature)) return;
      await until(() => clock.now() >= due);
    }
  }
}

async function until(condition: () => boolean) {
  while (!condition()) await sleep(LOOK_EVERY_MS, undefined, { ref: false });
}

/** Only 200 counts. */
async function isTaken(url: string, body: string, signature: string) {
  try {
    const headers = { 'Content-Type': 'application/json', 'airalo-signature': signature };
    return (await fetch(url, { method: 'POST', headers, body })).status === 200;
  } catch {
    return false;
  }
}

/** As PHP writes it and the vendor's SDKs sign it: `/` as `\/`, everything beyond ASCII escaped. */
function phpJson(value: unknown) {
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
