import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { tx } from '../../src/database.js';
import { OutOfStock } from '../../src/errors.js';
import { newId, newUuid } from '../../src/lib/ids.js';
import { Order, Product } from '../../src/models/index.js';
import { anOrder, aProduct, aPurchase } from '../support/factories.js';
import { aDeliveredOrder, anOrderAtWork } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const NOT_ON_SALE = 'only what is on sale is ordered';
const OFF = { isActive: false, deactivatedByStock: true };
const ON = { isActive: true, deactivatedByStock: false };

const setStock = (product: Product, stock: number) =>
  sql('UPDATE esim_products SET stock = ? WHERE id = ?', stock, product.id);

const moveUnit = (order: Order, state: string) =>
  sql('UPDATE orders SET stock_state = ? WHERE id = ?', state, order.id);

describe('Stock', () => {
  it('sells the last unit once', async () => {
    const product = await aProduct({ stock: 1 });
    await anOrder(product);
    expect(await refusal(anOrder(product))).to.equal('errors.outOfStock');
    expect(await product.reload()).to.include({ stock: 0, ...OFF });
  });

  it('sells the last unit once to a statement that passes by the hooks', async () => {
    const product = await aProduct({ stock: 1 });
    const sold = (await anOrder(await aProduct())).get();
    const write = () =>
      Order.bulkCreate([{ ...sold, id: newId(), publicId: newUuid(), productId: product.id }]);
    await write();
    expect(await wall(write())).to.equal(NOT_ON_SALE);
    expect((await product.reload()).stock).to.equal(0);
  });

  it('sells the last unit once to two statements at the same moment, and tells the other why', async () => {
    const sold = (await anOrder(await aProduct())).get();
    for (let round = 0; round < 3; round += 1) {
      const product = await aProduct({ stock: 1 });
      const write = () =>
        tx(async () => {
          const copy = { ...sold, id: newId(), publicId: newUuid(), productId: product.id };
          await Order.bulkCreate([copy]);
          await pause(20);
        });
      const said = await Promise.all(
        [write(), write()].map((one) =>
          one.then(
            () => 'sold',
            () => wall(one),
          ),
        ),
      );
      expect(said).to.have.members(['sold', NOT_ON_SALE]);
    }
  });

  it('sells nothing that an admin has switched off', async () => {
    const product = await aProduct({ isActive: false });
    expect(await refusal(anOrder(product))).to.equal('errors.outOfStock');
    const sold = (await anOrder(await aProduct())).get();
    const copy = { ...sold, id: newId(), publicId: newUuid(), productId: product.id };
    expect(await wall(Order.bulkCreate([copy]))).to.equal(NOT_ON_SALE);
  });

  it('is taken again for late money though an admin has switched the plan off since', async () => {
    const product = await aProduct();
    const late = await anOrder(product);
    await late.failPayment('expired');
    await product.reload();
    await product.update({ isActive: false });
    await late.takeStockAgain();
    expect(await product.reload()).to.include({ stock: 9, isActive: false });
  });

  it('never falls below zero', async () => {
    const product = await aProduct({ stock: 1 });
    expect(await refusal(product.update({ stock: -1 }))).to.equal('errors.product.stock');
    expect(await wall(setStock(product, -1))).to.equal('check');
    expect(await wall(Product.decrement('stock', { by: 2, where: { id: product.id } }))).to.equal('check');
    expect((await product.reload()).stock).to.equal(1);
  });

  it('at zero takes the plan off the shelf, and coming back puts it there again', async () => {
    const product = await aProduct();
    expect(await product.update({ stock: 0 })).to.include(OFF);
    expect(await product.update({ stock: 1 })).to.include(ON);
    for (const write of [
      (stock: number) => product.update({ stock }),
      (stock: number) => setStock(product, stock),
      (stock: number) => Product.update({ stock }, { where: { id: product.id } }),
    ]) {
      await write(0);
      expect(await product.reload()).to.include(OFF);
      await write(3);
      expect(await product.reload()).to.include({ stock: 3, ...ON });
    }
  });

  it('at zero keeps a new plan, and one that an admin switches on, off the shelf', async () => {
    const product = await aProduct({ stock: 0 });
    // The row in memory knows it too.
    expect(product).to.include(OFF);
    expect(await product.reload()).to.include(OFF);
    const [copy] = await Product.bulkCreate([{ ...product.get(), id: 'a'.repeat(15), slug: 'copy', ...ON }]);
    expect(await copy!.reload()).to.include(OFF);
    await sql('UPDATE esim_products SET is_active = TRUE WHERE id = ?', product.id);
    expect(await product.reload()).to.include(OFF);
  });

  it('leaves an admin’s own "off" alone', async () => {
    const product = await aProduct({ stock: 0 });
    await product.update({ stock: 5 });
    await product.update({ isActive: false });
    await product.update({ stock: 0 });
    await product.update({ stock: 7 });
    expect(await product.reload()).to.include({ isActive: false, deactivatedByStock: false });
    await setStock(product, 0);
    await setStock(product, 7);
    expect(await product.reload()).to.include({ isActive: false, deactivatedByStock: false });
  });

  it('comes back exactly once when the payment does not come', async () => {
    const product = await aProduct({ stock: 1 });
    const order = await anOrder(product);
    await order.failPayment('expired');
    expect(await product.reload()).to.include({ stock: 1, ...ON });
    await order.update({ stockState: 'released' });
    await moveUnit(order, 'released');
    expect((await product.reload()).stock).to.equal(1);
  });

  it('is taken again for late money, and then not beyond the last unit', async () => {
    const product = await aProduct({ stock: 1 });
    const late = await anOrder(product);
    await late.failPayment('expired');
    await late.takeStockAgain();
    expect((await product.reload()).stock).to.equal(0);

    await late.update({ stockState: 'released' });
    await anOrder(await product.reload());
    expect(await refusal(late.takeStockAgain())).to.equal('errors.outOfStock');
    expect(await wall(moveUnit(late, 'held'))).to.equal('check');
  });

  it('that was delivered never comes back', async () => {
    const product = await aProduct({ stock: 1 });
    const order = await aDeliveredOrder(product);
    for (const state of ['held', 'released'] as const) {
      expect(await refusal(order.update({ stockState: state }))).to.equal('errors.illegalMove');
      expect(await wall(moveUnit(order, state))).to.match(/consumed stock does not come back|check/);
      await order.reload();
    }
    await order.recordRefund('Customer asked');
    expect(await order.reload()).to.include({ status: 'refunded', stockState: 'consumed' });
    expect((await product.reload()).stock).to.equal(0);
  });

  it('that was released is not consumed without being taken again', async () => {
    const order = await anOrder(await aProduct());
    await order.failPayment('expired');
    expect(await wall(moveUnit(order, 'consumed'))).to.equal('consumed stock does not come back');
  });

  it('comes back when nobody can deliver, once, however the order ends', async () => {
    const product = await aProduct({ stock: 2 });
    const order = await anOrderAtWork(product);
    await order.fail('Nobody could deliver');
    await order.recordRefund('Refunded');
    expect(await product.reload()).to.include({ stock: 2 });
  });

  it('is never lost or won when an order is refused halfway', async () => {
    const product = await aProduct({ stock: 5 });
    const purchase = await aPurchase();
    const broken = anOrder(product, { purchaseId: purchase.id, amountMinor: 1 });
    expect(await refusal(broken)).to.equal('errors.sum');
    const interrupted = tx(async () => {
      await anOrder(product);
      expect((await product.reload()).stock).to.equal(4);
      throw new OutOfStock('the second plan of the cart');
    });
    expect(await refusal(interrupted)).to.equal('errors.outOfStock');
    expect((await product.reload()).stock).to.equal(5);
  });
});
