import { expect } from 'chai';
import { needingAPerson } from '../../src/office/inbox/inbox.js';
import type { Progress } from '../../src/checkout/progress.js';
import { translator } from '../../src/lib/i18n.js';
import { CouponRedemption, EmailLog, Order, OrderLink } from '../../src/models/index.js';
import { findOrphans } from '../../src/operations/invariants/ledgers.js';
import { booksMustBeRight, booksMustBeSettled } from '../support/books.js';
import { world } from '../support/environment.js';
import { ledgers } from '../support/ledgers.js';
import { Visitor } from '../support/visitor.js';
import { shop } from './mortal-shop.js';

const t = translator('en');

/** How an order can end, what its page says then, and whether a person is asked to look at it. */
const ENDS: Record<string, { page: Progress; needsAPerson: boolean }> = {
  delivered: { page: 'ready', needsAPerson: false },
  'delivered, mail refused': { page: 'ready', needsAPerson: true },
  refunded: { page: 'refunded', needsAPerson: false },
  'refund fails': { page: 'refund_needs_help', needsAPerson: true },
  'not paid': { page: 'not_paid', needsAPerson: false },
  undeliverable: { page: 'undeliverable', needsAPerson: false },
  waits: { page: 'delayed', needsAPerson: true },
};

/**
 * Names how each order ended, once all books are right: the shop's own, and beside them Stripe's, the wholesalers' and the
 * mailbox's. A line that drops after the mailbox took a mail makes the mail leave once more.
 */
export async function endOfAll(linesDropped = 0): Promise<string> {
  const orders = await Order.findAll({ include: 'refund', order: ['created', 'position'] });
  const ends = await Promise.all(orders.map(endOf));
  await (ends.includes('waits') ? booksMustBeRight() : booksMustBeSettled());
  nobodyCanStillPay();
  await mailsLeftAtMost(1 + shop.deaths + linesDropped);
  await pagesAgree(orders, ends);
  return (ends.join(' + ') || 'nothing') + (await boughtInVain(ends));
}

/** The same, and what became of the last use of a coupon. */
export async function endAndCoupon(): Promise<string> {
  const end = await endOfAll();
  const uses = await CouponRedemption.findAll({ order: ['created'] });
  return `${end}, coupon ${uses.at(-1)?.state ?? 'untouched'}`;
}

async function endOf({ id, status, paymentStatus, amountMinor, refund }: Order) {
  const refused = (await EmailLog.count({ where: { orderId: id, status: 'failed' } })) > 0;
  if (status === 'completed') return refused ? 'delivered, mail refused' : 'delivered';
  if (refund?.state === 'failed') return 'refund fails';
  if (status === 'refunded') return 'refunded';
  if (status === 'failed' && amountMinor === 0) return 'undeliverable';
  if (status === 'processing') return 'waits';
  return paymentStatus === 'failed' ? 'not paid' : `${status}, ${paymentStatus}`;
}

function nobodyCanStillPay() {
  const open = world.stripe.ledger().sessions.filter(({ status }) => status === 'open');
  expect(open, 'open payment pages').to.have.length(0);
}

/** A mail leaves again only after a death between SMTP's "250" and our note of it. */
async function mailsLeftAtMost(times: number) {
  for (const { messageId, kind } of await EmailLog.findAll()) {
    const copies = world.mailbox.mails().filter((mail) => mail.messageId === messageId);
    expect(copies.length, `copies of ${kind}`).to.be.at.most(times);
  }
}

async function pagesAgree(orders: Order[], ends: string[]) {
  const asked = new Set((await needingAPerson()).map(({ order }) => order.id));
  const visitor = new Visitor(shop.url);
  for (const [index, order] of orders.entries()) {
    const { page, needsAPerson } = ENDS[ends[index]!] ?? {};
    const { text } = await visitor.get(`/orders/${order.publicId}?token=${await OrderLink.issue(order.id)}`);
    expect(text, 'page').to.contain(t(`order.progress.${page}.title`));
    expect(text.includes('LPA:'), 'code on the page').to.equal(page === 'ready');
    expect(asked.has(order.id), 'a person is asked').to.equal(needsAPerson);
  }
}

/** eSIMs that no order has; what was bought for an order that waits may yet become its own. */
async function boughtInVain(ends: string[]): Promise<string> {
  const waiting = ends.filter((end) => end === 'waits').length;
  const inVain = (await findOrphans(ledgers())).length - waiting;
  return inVain > 0 ? `, ${inVain} bought in vain` : '';
}
