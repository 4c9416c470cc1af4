import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { Schema } from '../../migrations/dialect.js';
import { up } from '../../migrations/009-customers.js';
import { onSqlite, sequelize, tx } from '../../src/database.js';
import { Customer, Order, Purchase } from '../../src/models/index.js';
import { aProduct, aPurchase, aUser, anOrder } from '../support/factories.js';
import { aDeliveredOrder, aFailedOrder, aPaidOrder } from '../support/orders.js';
import { sql } from '../support/refusals.js';
import { withoutTriggers } from './without-triggers.js';

const ALICE = 'alice@example.com';
const BOB = 'bob@example.com';

const totals = async (email = ALICE) => {
  const customer = await Customer.findOne({ where: { email } });
  return customer && [customer.totalOrders, customer.totalSpent];
};

/** Of one address, with orders of these amounts. */
async function aPurchaseOf(amounts: number[], values: Partial<Purchase> = {}) {
  const purchase = await aPurchase(values);
  const orders: Order[] = [];
  for (const priceMinor of amounts)
    orders.push(await anOrder(await aProduct({ priceMinor }), { purchaseId: purchase.id }));
  return { purchase, orders };
}

const pay = (order: Order) => order.markPaid({ paymentId: 'pi_1', receiptUrl: null, holdReason: null });

describe('Customer', () => {
  it('is whoever has paid: with the number of the paid orders, and what they cost', async () => {
    const { orders } = await aPurchaseOf([450, 999]);
    expect(await totals()).to.equal(null);
    await pay(orders[0]!);
    expect(await totals()).to.deep.equal([1, { USD: 450 }]);
    await pay(orders[1]!);
    await aDeliveredOrder();
    expect(await totals()).to.deep.equal([3, { USD: 450 + 999 + 450 }]);
    await aFailedOrder();
    expect(await totals()).to.deep.equal([4, { USD: 450 + 999 + 450 + 450 }]);
  });

  it('no longer counts what was refunded', async () => {
    const [first, second] = [await aDeliveredOrder(), await aPaidOrder()];
    await first.recordRefund('Customer asked');
    expect(await totals()).to.deep.equal([1, { USD: 450 }]);
    await second.recordRefund('Nobody could deliver');
    expect(await totals()).to.deep.equal([0, {}]);
  });

  it('spends in several currencies, each by itself', async () => {
    await aPaidOrder(await aProduct({ currency: 'EUR' }));
    await aPaidOrder(await aProduct({ currency: 'KRW', priceMinor: 15_000 }));
    await aPaidOrder();
    await aPaidOrder(await aProduct({ currency: 'EUR', priceMinor: 999 }));
    expect(await totals()).to.deep.equal([4, { EUR: 1449, KRW: 15_000, USD: 450 }]);
  });

  it('counts what was free, and late money', async () => {
    const late = await anOrder(await aProduct());
    await late.failPayment('The payment page expired');
    expect(await totals()).to.equal(null);
    await pay(late);
    const { purchase } = await aPurchaseOf([]);
    const free = { purchaseId: purchase.id, priceMinor: 0, amountMinor: 0 };
    await pay(await anOrder(await aProduct(), free));
    expect(await totals()).to.deep.equal([2, { USD: 450 }]);
  });

  it('is counted by statements that pass by the models too', async () => {
    await aPurchaseOf([450, 450]);
    await sql(`UPDATE orders SET payment_status = 'paid'`);
    expect(await totals()).to.deep.equal([2, { USD: 900 }]);
    await sql('UPDATE purchases SET canonical_email = ?', BOB);
    expect(await totals()).to.deep.equal([0, {}]);
    expect(await totals(BOB)).to.deep.equal([2, { USD: 900 }]);
  });

  it('is another one when the address of a purchase was corrected', async () => {
    const mistyped = await aPaidOrder();
    await aPaidOrder();
    const purchase = await Purchase.findByPk(mistyped.purchaseId, { rejectOnEmpty: true });
    await purchase.update({ email: 'Bob@example.com', canonicalEmail: BOB });
    expect(await totals()).to.deep.equal([1, { USD: 450 }]);
    expect(await totals(BOB)).to.deep.equal([1, { USD: 450 }]);
    await purchase.update({ email: ALICE, canonicalEmail: ALICE });
    expect(await totals()).to.deep.equal([2, { USD: 900 }]);
    expect(await totals(BOB)).to.deep.equal([0, {}]);
  });

  it('has the newest name, number and account that it bought with', async () => {
    const user = await aUser();
    const who = async () => {
      const { name, phone, userId } = (await Customer.findOne({ where: { email: ALICE } }))!;
      return { name, phone, userId };
    };
    const buys = async (values: Partial<Purchase>) => {
      const { orders } = await aPurchaseOf([450], values);
      await pay(orders[0]!);
      return orders[0]!;
    };
    await buys({ name: 'A. Smith', phone: '+821012345678' });
    expect(await who()).to.deep.equal({ name: 'A. Smith', phone: '+821012345678', userId: null });
    const second = await buys({ name: 'Alice Smith', userId: user.id });
    expect(await who()).to.deep.equal({ name: 'Alice Smith', phone: '+821012345678', userId: user.id });
    await Customer.update({ name: 'Alice', userId: null }, { where: { email: ALICE } });
    await user.close();
    await second.recordRefund('Customer asked');
    expect(await who()).to.deep.equal({ name: 'Alice', phone: '+821012345678', userId: null });
  });

  it('counts two purchases that are paid at once as two', async () => {
    const both = [await aPurchaseOf([450]), await aPurchaseOf([999])];
    await Promise.all(
      both.map(({ orders }) =>
        tx(async () => {
          await pay(orders[0]!);
          if (!onSqlite) await pause(50);
        }),
      ),
    );
    expect(await totals()).to.deep.equal([2, { USD: 1449 }]);
  });

  it('is the last thing that is locked, so that nobody waits for who waits', async () => {
    const plan = await aProduct();
    const [{ orders: first }, { orders: second }] = [await aPurchaseOf([450]), await aPurchaseOf([999])];
    await aPaidOrder();
    const touch = () => sql('UPDATE esim_products SET sort_order = sort_order + 1 WHERE id = ?', plan.id);
    let tries = 0;
    const together = async (...deeds: (() => Promise<unknown>)[]) =>
      tx(async () => {
        tries += 1;
        for (const deed of deeds) {
          await deed();
          if (!onSqlite) await pause(100);
        }
      });
    await Promise.all([together(() => pay(first[0]!), touch), together(touch, () => pay(second[0]!))]);
    expect(tries).to.equal(2);
    expect(await totals()).to.deep.equal([3, { USD: 450 + 450 + 999 }]);
  });

  it('is taken up by the migration when it had paid before', async () => {
    const carol = { email: 'carol@example.com', canonicalEmail: 'carol@example.com' };
    await aPurchaseOf([450], carol);
    const { orders } = await aPurchaseOf([999], { name: 'Alice' });
    for (const order of [orders[0]!, await anOrder(await aProduct({ currency: 'EUR' }))]) await pay(order);
    await withoutTriggers(async () => {
      await sql('DELETE FROM customers');
      await sql('ALTER TABLE email_logs DROP COLUMN order_number');
      if (!onSqlite)
        for (const name of ['customers_follow_payments', 'customers_follow_addresses'])
          await sql(`DROP FUNCTION ${name} CASCADE`);
      await tx((transaction) => up(new Schema(sequelize, transaction)));
      expect(await Customer.count()).to.equal(1);
      expect(await totals()).to.deep.equal([2, { EUR: 450, USD: 999 }]);
    });
  });
});
