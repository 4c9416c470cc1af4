import { HOUR, MINUTE } from '../../src/lib/clock.js';
import type { Fault } from '../../src/simulators/stripe/faults.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { endAndCoupon, endOfAll } from './ends.js';
import { dieAtEveryStep, dieAtEveryWrite } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { PersistentBuyer } from './persistent-buyer.js';
import { once } from './story.js';
import { pass, stripeTells, timePasses } from './time.js';

const { stripe } = world;

describe('A shop that dies at any step of a sale and is started again', function () {
  this.timeout(0);
  aMortalShop();

  it('sells once, from the form to the mail', () =>
    dieAtEveryWrite(async () => {
      const coupon = await aCoupon({ usageLimit: 1 });
      const { submits, pays, returns } = await PersistentBuyer.with(await aProduct(), { coupon });
      return { acts: [submits, pays, stripeTells, returns, ...timePasses()], end: endAndCoupon };
    }, ['delivered, coupon used']));

  it('sells once to a buyer who is back before Stripe has told', () =>
    dieAtEveryStep(async () => {
      const { submits, pays, returns } = await PersistentBuyer.with(await aProduct());
      await submits();
      await pays();
      return { acts: [returns], afterwards: [stripeTells], end: endOfAll };
    }, ['delivered']));

  it('finds a payment of which nobody ever tells', () =>
    dieAtEveryStep(async () => {
      stripe.webhooks = 'dropped';
      const { submits, pays } = await PersistentBuyer.with(await aProduct());
      await submits();
      await pays();
      return { acts: [() => pass(2 * MINUTE)], end: endOfAll };
    }, ['delivered']));

  it('keeps nothing for a buyer who gives up when the line drops', () =>
    dieAtEveryStep(async () => {
      const coupon = await aCoupon({ usageLimit: 1 });
      const { submits } = await PersistentBuyer.with(await aProduct(), { coupon });
      return { acts: [once(submits)], afterwards: [() => pass(HOUR)], end: endAndCoupon };
    }, ['not paid, coupon released', 'nothing, coupon untouched']));

  it('gives stock and coupon back when nobody pays', () =>
    dieAtEveryStep(async () => {
      const coupon = await aCoupon({ usageLimit: 1 });
      const { submits } = await PersistentBuyer.with(await aProduct(), { coupon });
      await submits();
      await pass(34 * MINUTE);
      return { acts: [() => pass(2 * MINUTE)], end: endAndCoupon };
    }, ['not paid, coupon released']));

  for (const [fault, times] of [
    ['create-500', 3],
    ['create-dropped', 4],
    ['down', 5],
  ] as [Fault, number][]) {
    it(`sells once though Stripe has ${fault}`, () =>
      dieAtEveryStep(async () => {
        const { submits, pays } = await PersistentBuyer.with(await aProduct());
        stripe.fault(fault, times);
        return { acts: [submits], afterwards: [pays], end: endOfAll };
      }, ['delivered']));
  }

  it('sells once to a buyer who goes back and begins anew', () =>
    dieAtEveryStep(async () => {
      const coupon = await aCoupon({ usageLimit: 1 });
      const first = await PersistentBuyer.with(await aProduct(), { coupon });
      await first.submits();
      const { submits, pays } = await first.again();
      return { acts: [submits], afterwards: [pays], end: endAndCoupon };
    }, ['not paid + delivered, coupon used']));

  it('sells once to a buyer who pays in one tab and begins anew in the other', () =>
    dieAtEveryStep(async () => {
      const first = await PersistentBuyer.with(await aProduct());
      await first.submits();
      const { submits } = await first.again();
      await first.pays();
      return { acts: [once(submits)], end: endOfAll };
    }, ['delivered']));
});
