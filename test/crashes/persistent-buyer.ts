import { expect } from 'chai';
import { Purchase, type Coupon, type Product } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { Visitor } from '../support/visitor.js';
import { shop } from './mortal-shop.js';

const PATIENCE = 5;

/** Alice, who does again what the shop did not answer. */
export class PersistentBuyer {
  /** Where the shop sent her last. */
  private location = '';

  private constructor(
    private readonly visitor: Visitor,
    private readonly formKey: string,
    private readonly method: string,
  ) {}

  /** With one of the plan in her cart, and the checkout's form before her. */
  static async with(plan: Product, { coupon, method = 'card' }: { coupon?: Coupon; method?: string } = {}) {
    const visitor = new Visitor(shop.url);
    await visitor.put(plan);
    if (coupon) await visitor.post('/cart/coupon', { code: coupon.code });
    return new PersistentBuyer(visitor, await formKey(visitor), method);
  }

  /** The same with a fresh form, in the same browser. */
  async again() {
    return new PersistentBuyer(this.visitor, await formKey(this.visitor), this.method);
  }

  /** Sends the form until the shop leads on. */
  submits = async () => {
    for (let time = 1; time <= PATIENCE; time += 1) {
      const { status, location } = await this.visitor.checkOut({
        form_key: this.formKey,
        payment_method: this.method,
      });
      if (status !== 503) return this.ledTo(status, location);
    }
    throw new Error('The shop stays unavailable');
  };

  /** At Stripe, where the page closes when it is done. */
  pays = async () => {
    if (this.session.status === 'open') world.stripe.pay(this.session.id);
  };

  promisesTransfer = async () => {
    if (this.session.status === 'open') world.stripe.promiseTransfer(this.session.id);
  };

  returns = async () => {
    const { stripeSessionId, id } = await this.purchase();
    const path = stripeSessionId ? `session_id=${stripeSessionId}` : `purchase=${id}`;
    expect((await this.visitor.follow(`/checkout/return?${path}`)).status, 'return page').to.equal(200);
  };

  get session() {
    const id = /(cs_[A-Za-z0-9_]+)/.exec(this.location)?.[1];
    return world.stripe.ledger().sessions.find((session) => session.id === id)!;
  }

  private purchase() {
    return Purchase.findOne({
      where: { formKey: this.formKey },
      rejectOnEmpty: true,
    });
  }

  private ledTo(status: number, location: string | null) {
    expect(status, 'answer to the form').to.equal(303);
    this.location = location!;
  }
}

const formKey = async (visitor: Visitor) =>
  String((await visitor.get('/checkout')).$('input[name=form_key]').val());
