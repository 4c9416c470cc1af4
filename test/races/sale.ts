import { expect } from 'chai';
import { hashPassword } from '../../src/accounts/password.js';
import { clock } from '../../src/lib/clock.js';
import {
  AutomationLog,
  EmailLog,
  FulfilmentAttempt,
  Purchase,
  type Order,
  type Product,
} from '../../src/models/index.js';
import { settleSession } from '../../src/payments/settle.js';
import { Buyer } from '../support/buyer.js';
import { world } from '../support/environment.js';
import { aProduct, aUser } from '../support/factories.js';
import { here, type Rival } from '../support/rivals.js';
import { work } from '../support/work.js';
import { hear } from './webhook.js';

const PASSWORD = 'a long enough password';
const UNITS = 10;

type PlanValues = Parameters<typeof aProduct>[0];

/** One buyer on the way to one eSIM, at a moment when everybody may turn up at once. */
export interface Sale {
  plan: Product;
  buyer: Buyer;
  session: string;
  /** Somebody who is logged in to the back office. */
  staff: Buyer;
}

/** Where sales take place: the processes that the buyers and the staff talk to. */
export class Market {
  private constructor(
    private readonly shops: readonly Rival[],
    private readonly staff: Buyer,
  ) {}

  static async open(shops: readonly Rival[]) {
    const { email } = await aUser({ role: 'admin', passwordHash: await hashPassword(PASSWORD) });
    const staff = new Buyer(shops);
    expect((await staff.post('/login', { email, password: PASSWORD })).location).to.equal('/admin');
    world.stripe.webhooks = 'held';
    return new Market(shops, staff);
  }

  /** At Stripe's page when the shop's patience ends: the buyer may still pay, or the session may end. */
  async undecided(values: PlanValues = {}): Promise<Sale> {
    const plan = await aProduct({ stock: UNITS, ...values });
    const buyer = new Buyer(this.shops);
    await buyer.put(plan);
    const { session } = await buyer.checkOut();
    const overdue = { checkAt: 0, expiresAt: clock.now() - 1 };
    await Purchase.update(overdue, { where: { stripeSessionId: session } });
    return { plan, buyer, session, staff: this.staff };
  }

  /** Paid a moment ago; the shop has not heard of it. */
  async paid(values: PlanValues = {}): Promise<Sale> {
    const sale = await this.undecided(values);
    world.stripe.pay(sale.session);
    return sale;
  }

  /** Paid, and the order waits for the worker. */
  async known(values: PlanValues = {}): Promise<Sale> {
    const sale = await this.paid(values);
    await hear(sale.session, here);
    return sale;
  }

  /** Ended a moment ago at Stripe; the shop has not heard of it. */
  async ended(): Promise<Sale> {
    const sale = await this.undecided();
    world.stripe.expire(sale.session);
    return sale;
  }
}

/** Whoever came first: a payment has led to one eSIM, bought once, mailed once; what was not paid is given up once. */
export async function expectOneEffect({ plan, buyer, session }: Sale, race: string) {
  await hear(session, here);
  await work();
  await giveUp(buyer);
  const purchases = await purchasesOf(buyer);
  const { sessions } = world.stripe.ledger();
  let sold = 0;
  for (const { state, stripeSessionId, orders } of purchases) {
    const paid = sessions.find(({ id }) => id === stripeSessionId)?.payment_status === 'paid';
    sold += paid ? 1 : 0;
    expect(state, race).to.equal(paid ? 'paid' : 'expired');
    expect(await storyOf(orders![0]!, plan), race).to.deep.equal(paid ? DELIVERED : NOT_PAID);
  }
  expect(sold, race).to.be.at.most(1);
  expect((await plan.reload()).stock, race).to.equal(UNITS - sold);

  // However often it is asked again.
  await settleSession(session);
  const rows = [purchases, await purchasesOf(buyer)].map((some) => some.map((one) => one.toJSON()));
  expect(rows[1], race).to.deep.equal(rows[0]);
}

const purchasesOf = ({ email }: Buyer) =>
  Purchase.findAll({ where: { email }, include: 'orders', order: [['created', 'ASC']] });

/** What the buyer did not pay runs out. */
async function giveUp({ email }: Buyer) {
  for (const { stripeSessionId } of await Purchase.findAll({ where: { email, state: 'open' } })) {
    world.stripe.expire(stripeSessionId!);
    await hear(stripeSessionId!, here);
  }
}

export const DELIVERED = {
  stockState: 'consumed',
  moves: ['pending > paid', 'pending > processing', 'processing > completed'],
  attempts: ['succeeded'],
  bought: 1,
  refunds: 0,
  outbox: ['esim_ready sent', 'review_invitation queued'],
  mails: 1,
};

const NOT_PAID = {
  stockState: 'released',
  moves: ['pending > failed'],
  attempts: [],
  bought: 0,
  refunds: 0,
  outbox: [],
  mails: 0,
};

/** What an order went through, in the shop's books and in the outside world's. */
export async function storyOf({ id, publicId, stockState }: Order, { providerProductId }: Product) {
  const ofOrder = { where: { orderId: id } };
  const [history, attempts, outbox] = await Promise.all([
    AutomationLog.findAll(ofOrder),
    FulfilmentAttempt.findAll(ofOrder),
    EmailLog.findAll(ofOrder),
  ]);
  const moved = history.filter(({ statusTo }) => statusTo !== null);
  const messageIds = outbox.map(({ messageId }) => messageId);
  return {
    stockState,
    moves: moved.map(({ statusFrom, statusTo }) => `${statusFrom} > ${statusTo}`).toSorted(),
    attempts: attempts.map(({ state }) => state).toSorted(),
    bought: [world.airalo, world.mobiMatter, world.esimCard]
      .flatMap((wholesaler) => wholesaler.ledger())
      .filter(({ sku }) => sku === providerProductId).length,
    refunds: world.stripe.ledger().refunds.filter(({ metadata }) => metadata.order_id === publicId).length,
    outbox: outbox.map(({ kind, status }) => `${kind} ${status}`).toSorted(),
    mails: world.mailbox.mails().filter(({ messageId }) => messageIds.includes(messageId)).length,
  };
}
