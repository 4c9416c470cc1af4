import { Cart } from '../../../../src/cart/cart.js';
import { clock } from '../../../../src/lib/clock.js';
import { CartItem, Coupon, Order, Product, ProviderOffer, Purchase } from '../../../../src/models/index.js';
import { emptyDatabase } from '../../../support/database.js';
import { world } from '../../../support/environment.js';
import { freezeClock } from '../../../support/frozen-clock.js';
import { Visitor } from '../../../support/visitor.js';
import { PLANS, type ModelShop, type Person, type PlanName } from '../model/shop.js';
import type { Order as ModelOrder, Purchase as ModelPurchase } from '../model/purchase.js';
import type { Accounts, Member } from './account.js';
import { News } from './news.js';

const PROVIDER = { airalo: 'Airalo', mobiMatter: 'MobiMatter' } as const;

/** What the plans are called by those who deliver them, the first asked first. */
export const SKUS: Record<PlanName, { at: keyof typeof PROVIDER; sku: string }[]> = {
  japan: [{ at: 'airalo', sku: 'japan-7days-1gb' }],
  korea: [{ at: 'mobiMatter', sku: 'MM-KR-3' }],
  europe: [
    { at: 'airalo', sku: 'france-10days-5gb' },
    { at: 'mobiMatter', sku: 'MM-FR-5' },
  ],
};

const COUNTRY = { japan: 'JP', korea: 'KR', europe: 'FR' };

/** A purchase as the database and Stripe know it. */
interface Placed {
  id: string;
  formKey: string;
  session: string | null;
  /** The ids of its orders. */
  orders: string[];
}

/** Leaves an empty shop, and a world that knows nothing of it. */
export async function clearOut() {
  await world.stripe.reset();
  for (const wholesaler of [world.airalo, world.mobiMatter]) wholesaler.reset();
  await emptyDatabase();
}

/** The real shop: the app over HTTP, its worker, its database, and the simulated world around it. */
export class RealShop {
  readonly planIds = new Map<string, string>();
  readonly couponIds = new Map<string, string>();
  /** In the order of the model's. */
  readonly placed: Placed[] = [];
  readonly news = new News(this.placed);

  private constructor(
    private readonly time: ReturnType<typeof freezeClock>,
    private readonly people: Record<Person, Visitor>,
    readonly userIds: Record<Member, string>,
  ) {}

  /** An empty shop, filled as the model is. */
  static async open(model: ModelShop, accounts: Accounts) {
    await clearOut();
    const { bob, carol } = accounts;
    const people = { alice: new Visitor(), bob: bob.visitor, carol: carol.visitor };
    const shop = new RealShop(freezeClock(), people, { bob: bob.userId, carol: carol.userId });
    await bob.putBack();
    await carol.putBack();
    for (const name of PLANS) await shop.fill(name, model);
    for (const { code, terms } of Object.values(model.coupons)) {
      const { percent, fixed = null, least = null, until = null, limit, perPerson } = terms;
      const coupon = await Coupon.create({
        code,
        type: percent === undefined ? 'fixed' : 'percentage',
        discountBasisPoints: percent === undefined ? null : percent * 100,
        discountValueMinor: fixed,
        minPurchaseAmountMinor: least,
        currency: percent === undefined ? 'USD' : null,
        usageLimit: limit,
        userUsageLimit: perPerson,
        validFrom: clock.now(),
        validUntil: until === null ? null : clock.now() + until,
      });
      shop.couponIds.set(code, coupon.id);
    }
    return shop;
  }

  close() {
    this.time.thaw();
  }

  visitor(person: Person) {
    return this.people[person];
  }

  /** Time passes, for the shop and for Stripe. */
  async pass(ms: number) {
    this.time.pass(ms);
    world.stripe.tick();
    await world.stripe.settled();
  }

  plan(name: string) {
    return Product.findByPk(this.planIds.get(name)!, { rejectOnEmpty: true });
  }

  coupon(code: string) {
    return Coupon.findByPk(this.couponIds.get(code)!, { rejectOnEmpty: true });
  }

  /** The cart, as the shop itself would find it. */
  async cart(person: Person): Promise<Cart> {
    if (person !== 'alice') return new Cart({ userId: this.userIds[person] });
    const line = await CartItem.findOne({ where: { userId: null }, rejectOnEmpty: true });
    return new Cart({ guestKey: line.guestKey! });
  }

  /** Takes note of a purchase that was placed with this form. */
  async note(formKey: string) {
    const { id, stripeSessionId } = await Purchase.findOne({ where: { formKey }, rejectOnEmpty: true });
    const orders = await Order.findAll({ where: { purchaseId: id }, order: ['position'], raw: true });
    this.placed.push({ id, formKey, session: stripeSessionId, orders: orders.map((order) => order.id) });
  }

  /** Takes note of the page that Stripe opened for it meanwhile. */
  async noteSession(placed: Placed) {
    placed.session = (await Purchase.findByPk(placed.id))!.stripeSessionId;
  }

  sessionOf(model: ModelShop, purchase: ModelPurchase) {
    return this.placed[model.purchases.indexOf(purchase)]!.session!;
  }

  intentOf(model: ModelShop, purchase: ModelPurchase) {
    const session = this.sessionOf(model, purchase);
    return world.stripe.ledger().sessions.find(({ id }) => id === session)!.payment_intent!;
  }

  orderId(model: ModelShop, order: ModelOrder) {
    const purchase = model.purchases.findIndex(({ orders }) => orders.includes(order));
    return this.placed[purchase]!.orders[model.purchases[purchase]!.orders.indexOf(order)]!;
  }

  private async fill(name: PlanName, model: ModelShop) {
    const [first, ...others] = SKUS[name];
    const { price, stock } = model.plans[name];
    const { id } = await Product.create({
      name,
      slug: name,
      country: COUNTRY[name],
      duration: 7,
      dataLimit: '1GB',
      priceMinor: price,
      costMinor: 1,
      currency: 'USD',
      provider: PROVIDER[first!.at],
      providerProductId: first!.sku,
      stock,
    });
    this.planIds.set(name, id);
    for (const { at, sku } of others)
      await ProviderOffer.create({
        productId: id,
        provider: PROVIDER[at],
        providerProductId: sku,
        costMinor: 1,
      });
  }
}
