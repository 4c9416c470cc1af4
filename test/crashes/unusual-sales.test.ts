import { Purchase, type Product } from '../../src/models/index.js';
import { expirePurchase } from '../../src/payments/apply.js';
import { world } from '../support/environment.js';
import { aCoupon, anOrder, aProduct } from '../support/factories.js';
import { endAndCoupon, endOfAll } from './ends.js';
import { dieAtEveryStep } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { PersistentBuyer } from './persistent-buyer.js';
import { once } from './story.js';
import { pass, stripeTells, timePasses } from './time.js';

const { stripe } = world;
const FREE = { discountBasisPoints: 10_000, usageLimit: 1 };

describe('A shop that dies at any step of an unusual sale and is started again', function () {
  this.timeout(0);
  aMortalShop();

  it('sells once for nothing', () =>
    dieAtEveryStep(async () => {
      const coupon = await aCoupon(FREE);
      const { submits, returns } = await PersistentBuyer.with(await aProduct(), { coupon });
      return { acts: [submits, returns, ...timePasses()], end: endAndCoupon };
    }, ['delivered, coupon used']));

  it('owes nothing for what cost nothing and cannot be delivered', () =>
    dieAtEveryStep(async () => {
      world.airalo.fault('sold-out');
      const coupon = await aCoupon(FREE);
      const { submits, returns } = await PersistentBuyer.with(await aProduct(), { coupon });
      await submits();
      return { acts: timePasses(), afterwards: [returns], end: endAndCoupon };
    }, ['undeliverable, coupon used']));

  it('sells once for a bank transfer', () =>
    dieAtEveryStep(async () => {
      const buyer = await PersistentBuyer.with(await aProduct(), { method: 'bank_transfer' });
      const { submits, promisesTransfer, returns } = buyer;
      const arrives = once(async () => stripe.transferArrives(buyer.session.id));
      const promise = [submits, promisesTransfer, stripeTells, () => pass(0), returns];
      return { acts: [...promise, arrives, ...timePasses()], end: endOfAll };
    }, ['delivered']));

  it('gives the unit back when a bank transfer fails', () =>
    dieAtEveryStep(async () => {
      const buyer = await PersistentBuyer.with(await aProduct(), { method: 'bank_transfer' });
      await buyer.submits();
      await buyer.promisesTransfer();
      await pass(0);
      stripe.transferFails(buyer.session.id);
      return { acts: timePasses(), end: endOfAll };
    }, ['not paid']));

  it('delivers what was paid too late, if there is still one', () =>
    dieAtEveryStep(async () => {
      await paidTooLate(await aProduct());
      return { acts: timePasses(), end: endOfAll };
    }, ['delivered']));

  it('gives back what was paid too late, if there is none left', () =>
    dieAtEveryStep(async () => {
      const plan = await aProduct({ stock: 1 });
      await paidTooLate(plan);
      await anOrder(plan);
      return { acts: timePasses(), end: endOfAll };
    }, ['refunded + not paid']));
});

/** Paid on a page that the shop believed to be closed. */
async function paidTooLate(plan: Product) {
  const { submits, pays } = await PersistentBuyer.with(plan);
  await submits();
  const { id } = await Purchase.findOne({ rejectOnEmpty: true });
  await expirePurchase(id, 'The payment page expired');
  await pays();
}
