import type { Listener } from '../listener.js';
import { GOOD_CARD } from './cards.js';
import type { Fault } from './faults.js';
import { closeDispute } from './disputes.js';
import { forgetOldAnswers } from './idempotency.js';
import type { Session } from './objects.js';
import { payByCard, payByPaypal, promiseTransfer, transferArrives, transferFails } from './payments.js';
import { settleDueRefunds, settleRefund } from './refunds.js';
import { expireOverdueSessions, expireSession, findSession } from './sessions.js';
import type { Forgery } from './signature.js';
import type { Till } from './till.js';
import type { WebhookMode } from './webhooks.js';

const TICK_MS = 1000;

/** The handle that tests and the demo hold. */
export class StripeSimulator {
  readonly host = '127.0.0.1';
  private readonly timer = setInterval(() => this.tick(), TICK_MS).unref();

  constructor(
    private readonly till: Till,
    private readonly listener: Listener,
  ) {}

  get url() {
    return this.listener.url;
  }

  get port() {
    return this.listener.port;
  }

  /** Where the shop listens; nothing is sent before this is known. */
  get webhookUrl(): string | undefined {
    return this.till.webhooks.url;
  }

  set webhookUrl(url: string | undefined) {
    this.till.webhooks.url = url;
  }

  get webhookSecret() {
    return this.till.webhooks.secret;
  }

  set webhookSecret(secret: string) {
    this.till.webhooks.secret = secret;
  }

  get webhooks() {
    return this.till.webhooks.mode;
  }

  set webhooks(mode: WebhookMode) {
    this.till.webhooks.mode = mode;
  }

  sendWebhooks(mode: WebhookMode) {
    this.webhooks = mode;
  }

  connectShop(url: string, secret = this.webhookSecret) {
    this.webhookUrl = url;
    this.webhookSecret = secret;
  }

  set retryDelaysMs(delays: number[]) {
    this.till.webhooks.retryDelaysMs = delays;
  }

  /** Every POST takes this long, so that two of them can meet. */
  set latencyMs(ms: number) {
    this.till.latencyMs = ms;
  }

  events(type?: string) {
    const all = this.till.books.events.all().map(({ event, answers }) => ({ ...event, answers }));
    return type ? all.filter((event) => event.type === type) : all;
  }

  deliver(eventId: string, times = 1) {
    return this.till.webhooks.deliver(eventId, times);
  }

  deliverAll() {
    return this.till.webhooks.deliverAll();
  }

  forge(eventId: string, forgery: Forgery) {
    return this.till.webhooks.forge(eventId, forgery);
  }

  settled() {
    return this.till.webhooks.settled();
  }

  pay(sessionId: string, card = GOOD_CARD): Session {
    return payByCard(this.till, sessionId, card);
  }

  payByPaypal(sessionId: string): Session {
    return payByPaypal(this.till, sessionId);
  }

  promiseTransfer(sessionId: string): Session {
    return promiseTransfer(this.till, sessionId);
  }

  transferArrives(sessionId: string): Session {
    return transferArrives(this.till, sessionId);
  }

  transferFails(sessionId: string): Session {
    return transferFails(this.till, sessionId);
  }

  expire(sessionId: string): Session {
    return expireSession(this.till, sessionId);
  }

  settleRefund(refundId: string, status: 'succeeded' | 'failed') {
    return settleRefund(this.till, refundId, status);
  }

  closeDispute(disputeId: string, status: 'won' | 'lost') {
    return closeDispute(this.till, disputeId, status);
  }

  /** Makes Stripe's session disagree with the shop's order. */
  tamper(
    sessionId: string,
    change: Partial<Pick<Session, 'amount_total' | 'currency' | 'metadata'>>,
  ): Session {
    return this.till.books.sessions.put({ ...findSession(this.till, sessionId), ...change });
  }

  fault(fault: Fault, times?: number) {
    this.till.faults.order(fault, times);
  }

  lift(fault: Fault) {
    this.till.faults.lift(fault);
  }

  ledger() {
    const { sessions, intents, charges, refunds, disputes } = this.till.books;
    return {
      sessions: sessions.all(),
      paymentIntents: intents.all(),
      charges: charges.all(),
      refunds: refunds.all(),
      disputes: disputes.all(),
    };
  }

  /** What Stripe does by itself as time goes by; runs every second, and on demand after a moved clock. */
  tick() {
    expireOverdueSessions(this.till);
    settleDueRefunds(this.till);
    forgetOldAnswers(this.till.books.answers);
  }

  async reset() {
    await this.till.reset();
  }

  async close() {
    clearInterval(this.timer);
    await this.till.webhooks.stop();
    await this.listener.close();
  }
}
