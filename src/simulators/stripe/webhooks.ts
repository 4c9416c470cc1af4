import { setTimeout as pause } from 'node:timers/promises';
import type { Books } from './books.js';
import { newId, nowSeconds } from './objects.js';
import { forged, signature, type Forgery } from './signature.js';

export const API_VERSION = '2026-10-28.endive';
export const MODES = ['automatic', 'held', 'dropped'] as const;
export type WebhookMode = (typeof MODES)[number];

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  type: string;
  livemode: false;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  data: { object: object };
}

/** An event and how the shop answered, attempt by attempt; 0 means nobody answered. */
export interface SentEvent {
  id: string;
  event: StripeEvent;
  answers: number[];
}

const UNREACHABLE = 0;
const PATIENCE_MS = 10_000;

export const isDelivered = ({ answers }: SentEvent) =>
  answers.some((status) => status >= 200 && status < 300);

/** Tells the shop what happened. Like Stripe it promises no order and may try again. */
export class Webhooks {
  url: string | undefined;
  secret = 'whsec_simulator';
  mode: WebhookMode = 'automatic';
  retryDelaysMs = [1000, 5000, 25_000];
  private readonly underWay = new Set<Promise<void>>();
  private stopping = new AbortController();

  constructor(private readonly books: Books) {}

  announce(type: string, object: object) {
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: nowSeconds(),
      type,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object },
    };
    this.books.events.put({ id: event.id, event, answers: [] });
    if (this.mode === 'automatic' && this.url) this.track(this.deliverPatiently(event.id));
  }

  /** All copies leave at the same moment. */
  deliver(id: string, times = 1): Promise<number[]> {
    return Promise.all(Array.from({ length: times }, () => this.deliverOnce(id)));
  }

  /** Whatever did not arrive yet, oldest first. */
  async deliverAll(): Promise<number[]> {
    const statuses: number[] = [];
    for (const { id } of this.books.events.all().filter((sent) => !isDelivered(sent))) {
      statuses.push(await this.deliverOnce(id));
    }
    return statuses;
  }

  forge(id: string, forgery: Forgery): Promise<number> {
    const { body, header } = forged(JSON.stringify(this.books.event(id).event), this.secret, forgery);
    return this.post(body, header);
  }

  /** Resolves when no automatic delivery is under way or waiting for another try. */
  async settled() {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async stop() {
    this.stopping.abort();
    await this.settled();
    this.stopping = new AbortController();
  }

  private async deliverPatiently(id: string) {
    const { signal } = this.stopping;
    for (const delayMs of [0, ...this.retryDelaysMs]) {
      if (delayMs > 0) await pause(delayMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted || this.mode !== 'automatic') return;
      const status = await this.deliverOnce(id);
      if (status >= 200 && status < 300) return;
    }
  }

  private async deliverOnce(id: string) {
    const payload = JSON.stringify(this.books.event(id).event);
    const status = await this.post(payload, signature(payload, this.secret));
    this.note(id, status);
    return status;
  }

  private note(id: string, status: number) {
    const sent = this.books.events.get(id);
    // The books may have been emptied while the shop was thinking.
    if (sent) this.books.events.put({ ...sent, answers: [...sent.answers, status] });
  }

  private async post(body: string, header: string) {
    if (!this.url) return UNREACHABLE;
    try {
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': header };
      // A redirect is a failure for Stripe, so it is not followed.
      const answer = await fetch(this.url, { method: 'POST', body, headers, redirect: 'manual', signal });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return UNREACHABLE;
    }
  }

  private track(delivery: Promise<void>) {
    this.underWay.add(delivery);
    void delivery.finally(() => this.underWay.delete(delivery));
  }
}
