import type { Plan } from '../../src/catalogue/import/plan.js';
import { savePlans } from '../../src/catalogue/import/save-plans.js';
import type { Product } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { finish, type Rival } from '../support/rivals.js';
import type { Sale } from './sale.js';
import { hear } from './webhook.js';

type Deed = (sale: Sale, process: Rival) => Promise<unknown>;

/** Everybody who moves a purchase, or may come in its way. */
export const PEOPLE = {
  webhook: ({ session }, process) => hear(session, process),
  'return page': ({ buyer, session }) => buyer.get(`/checkout/return?session_id=${session}`),
  sweeper: (_sale, process) => finish(process, 'sweep'),
  worker: (_sale, process) => finish(process, 'fulfilment'),
  'new checkout': ({ buyer }) => buyer.checkOut(),
  admin: async ({ staff, plan }) => {
    await staff.get('/admin/orders');
    await savePlans([dearer(plan)], { written: () => {} } as never);
  },
  payment: async ({ session }) => unlessOver(() => world.stripe.pay(session)),
  end: async ({ session }) => unlessOver(() => world.stripe.expire(session)),
} satisfies Record<string, Deed>;

export type Person = keyof typeof PEOPLE;

export const act = (who: Person, sale: Sale, process: Rival) => (PEOPLE[who] as Deed)(sale, process);

/** A line of the next price list. */
const dearer = (plan: Product): Plan => ({
  name: plan.name,
  slug: plan.slug,
  country: plan.country,
  duration: plan.duration,
  dataLimit: plan.dataLimit,
  priceMinor: plan.priceMinor + 1,
  costMinor: plan.costMinor,
  currency: plan.currency,
  provider: plan.provider,
  providerProductId: plan.providerProductId,
  stock: 1,
});

/** Stripe refuses to end what was paid, and to take money for what has ended. */
function unlessOver(change: () => unknown) {
  try {
    change();
  } catch (error) {
    if (!/This Checkout Session/.test((error as Error).message)) throw error;
  }
}
