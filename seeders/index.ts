import { tx } from '../src/database.js';
import { Coupon, Product, ProviderOffer } from '../src/models/index.js';
import { demoCoupons } from './coupons.js';
import { demoPlans } from './plans.js';

const NOTHING = { plans: 0, offers: 0 };

/** Fills an empty shop with a catalogue of its own; a shop that has plans is left alone. */
export const seedDemo = () =>
  tx(async () => {
    if ((await Product.count()) > 0) return NOTHING;
    const catalogue = demoPlans();
    for (const { plan, offers } of catalogue) {
      const { id: productId } = await Product.create(plan);
      for (const offer of offers) await ProviderOffer.create({ ...offer, productId });
    }
    for (const coupon of demoCoupons()) {
      if (!(await Coupon.findOne({ where: { code: coupon.code } }))) await Coupon.create(coupon);
    }
    return { plans: catalogue.length, offers: catalogue.flatMap(({ offers }) => offers).length };
  });
