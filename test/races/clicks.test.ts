import { expect } from 'chai';
import { newToken } from '../../src/lib/ids.js';
import { Order, Purchase } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { sized } from '../support/figures.js';
import { openRivals } from '../support/rivals.js';
import { Visitor } from '../support/visitor.js';
import { crowd } from './crowd.js';

const BUYERS = sized(2, 100);
const CLICKS = 5;

describe('Somebody who clicks again and again', function () {
  this.timeout(sized(120_000, 0));

  before(openRivals);

  it('on "Pay" places one purchase, and every click leads to its payment', async () => {
    const plan = await aProduct({ stock: BUYERS });
    for (const buyer of await crowd(BUYERS, (one) => one.put(plan))) {
      const formKey = newToken();
      const answers = await Promise.all(Array.from({ length: CLICKS }, () => buyer.checkOut({ formKey })));
      const { session } = answers[0]!;
      expect(answers.map((answer) => answer.session)).to.deep.equal(Array(CLICKS).fill(session));
      expect(session).to.match(/^cs_/);
      expect(await Purchase.count({ where: { formKey } })).to.equal(1);
    }
    expect(world.stripe.ledger().sessions).to.have.length(BUYERS);
    expect(await Order.count()).to.equal(BUYERS);
    expect((await plan.reload()).stock).to.equal(0);
  });

  it('on "Add to cart" finds every click counted', async () => {
    const plan = await aProduct();
    const [shop] = await openRivals();
    const alice = new Visitor(shop!.url);
    await alice.put(plan);
    const answers = await Promise.all([alice.put(plan), alice.put(plan), alice.put(plan)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect((await alice.get('/cart')).$('#cart-count').text().trim()).to.equal('4');
  });
});
