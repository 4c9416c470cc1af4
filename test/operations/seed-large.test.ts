import { expect } from 'chai';
import { AutomationLog, Order, Product, Purchase, Review } from '../../src/models/index.js';
import { checkInvariants, isBroken } from '../../src/operations/invariants.js';
import { fillLarge } from '../../src/operations/seed-large/fill.js';
import { indexes, triggers } from '../support/schema.js';
import { aProduct } from '../support/factories.js';
import { emptyDatabase } from '../support/database.js';

const SMALL = { orders: 1000, products: 120, reviews: 1000, events: 60, audit: 40 };

describe('npm run seed:large', () => {
  afterEach(emptyDatabase);

  it('fills an empty database with orders of every kind, and all the books are right', async () => {
    const walls = [await triggers(), await indexes()];
    const said: string[] = [];
    expect(await fillLarge(SMALL, (what) => said.push(what))).to.equal(true);
    expect(said).to.include.members(['orders', 'customers', 'index idx_orders_facets']);
    expect([await triggers(), await indexes()]).to.deep.equal(walls);
    expect(await Order.count()).to.equal(1000);
    for (const status of ['pending', 'processing', 'completed', 'failed', 'refunded'] as const)
      expect(await Order.count({ where: { status } }), status).to.be.above(1);
    for (const state of ['open', 'paid', 'expired', 'review'] as const)
      expect(await Purchase.count({ where: { state } }), state).to.be.above(1);
    expect(await Review.count()).to.be.above(400);
    expect(await AutomationLog.count()).to.be.above(4000);
    expect((await checkInvariants()).filter(isBroken)).to.deep.equal([]);
  });

  it('leaves a database alone that holds anything', async () => {
    await aProduct();
    expect(await fillLarge(SMALL, () => {})).to.equal(false);
    expect(await Product.count()).to.equal(1);
    expect(await Order.count()).to.equal(0);
  });
});
