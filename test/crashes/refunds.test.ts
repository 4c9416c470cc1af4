import { MINUTE, clock } from '../../src/lib/clock.js';
import { Order } from '../../src/models/index.js';
import type { Fault } from '../../src/simulators/stripe/faults.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { work } from '../support/work.js';
import { endOfAll } from './ends.js';
import { dieAtEveryStep, dieAtEveryWrite } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { paidFor } from './paid.js';
import type { Act, Story } from './story.js';
import { stripeTells, timePasses } from './time.js';

const { stripe } = world;

/** What Stripe does with the refund; `later` comes after the shop has asked for it. */
interface Outcome {
  what: string;
  fault?: [Fault, number];
  card?: string;
  later?: Act;
  end: string;
}

const OUTCOMES: Outcome[] = [
  { what: 'takes it', end: 'refunded' },
  { what: 'answers 500', fault: ['refund-500', 3], end: 'refunded' },
  {
    what: 'takes it and drops the line',
    fault: ['refund-dropped', 6],
    end: 'refunded',
  },
  { what: 'is down for a while', fault: ['down', 6], end: 'refunded' },
  {
    what: 'keeps it pending, then lets it succeed',
    card: '4000000000007726',
    end: 'refunded',
  },
  {
    what: 'takes it and lets it fail later',
    card: '4000000000005126',
    later: minuteLater,
    end: 'refund fails',
  },
  {
    what: 'keeps it pending and lets it fail',
    fault: ['refund-pending', 1],
    later: () => settle('failed'),
    end: 'refund fails',
  },
];

describe('A worker that dies at any step of a refund and is started again', function () {
  this.timeout(0);
  aMortalShop();

  for (const { what, end, ...outcome } of OUTCOMES) {
    it(`when Stripe ${what}: ${end}`, () =>
      dieAtEveryStep(refunding(outcome, 'held'), [`delivered + ${end}`]));
  }

  it('when no event of Stripe’s ever arrives', () =>
    dieAtEveryWrite(refunding({}, 'dropped'), ['delivered + refunded']));
});

/** Two eSIMs of one payment: one is delivered, the other nobody can deliver. */
const refunding =
  ({ card, fault, later }: Partial<Outcome>, webhooks: 'held' | 'dropped'): Story =>
  async () => {
    const good = await aProduct({ priceMinor: 700 });
    const bad = await aProduct({
      provider: 'MobiMatter',
      providerProductId: 'MM-JP-1-sold-out',
    });
    await paidFor([good, bad], card);
    const second = await Order.findOne({
      where: { productId: bad.id },
      rejectOnEmpty: true,
    });
    await second.update({ dueAt: clock.now() + MINUTE });
    await work();
    stripe.webhooks = webhooks;
    await stripeTells();
    await work();
    if (fault) stripe.fault(...fault);
    await second.update({ dueAt: 0 });
    return {
      acts: later ? [...timePasses(), later, ...timePasses()] : timePasses(),
      end: endOfAll,
    };
  };

async function minuteLater() {
  clock.advance(MINUTE);
  stripe.tick();
}

async function settle(status: 'succeeded' | 'failed') {
  const [refund] = stripe.ledger().refunds;
  if (refund) stripe.settleRefund(refund.id, status);
}
