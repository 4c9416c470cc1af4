import { expect } from 'chai';
import { OrderLink, Review, User } from '../../src/models/index.js';
import { aProduct, aPurchase } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aDeliveredOrder } from '../support/orders.js';
import { sendReview } from '../support/reviews.js';
import { Visitor } from '../support/visitor.js';

describe('The account of a guest who reviews', () => {
  it('is never that of an address which the purchase is not known by', async () => {
    const plan = await aProduct();
    const { id: purchaseId } = await aPurchase({ canonicalEmail: 'bob@example.com' });
    const order = await aDeliveredOrder(plan, { purchaseId, customerEmail: 'alice@example.com' });
    const query = `?token=${await OrderLink.issue(order.id)}`;
    const page = await sendReview(new Visitor(), plan, undefined, query);
    expectRefusal(page, 404, 'This link does not lead to a review any more');
    expect(await Review.count()).to.equal(0);
    expect(await User.count()).to.equal(0);
  });
});
