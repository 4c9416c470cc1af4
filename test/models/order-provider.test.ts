import { expect } from 'chai';
import { ReturnedEsim } from '../../src/models/index.js';
import { aProduct, anOrder } from '../support/factories.js';
import { aDeliveredOrder, anAttempt, anOrderAtWork } from '../support/orders.js';
import { sql } from '../support/refusals.js';

describe('The wholesaler of an order', () => {
  it('is the plan’s own, then whoever was tried last', async () => {
    const plan = await aProduct({ provider: 'MobiMatter', country: 'KR' });
    const order = await anOrder(plan);
    expect(await order.reload()).to.include({ provider: 'MobiMatter', country: 'KR' });
    await plan.update({ country: 'JP', provider: 'eSIM Card' });
    expect(await order.reload()).to.include({ provider: 'MobiMatter', country: 'KR' });

    const atWork = await anOrderAtWork(await aProduct());
    const first = await anAttempt(atWork, { provider: 'MobiMatter' });
    expect((await atWork.reload()).provider).to.equal('MobiMatter');
    await first.update({ state: 'rejected' });
    await anAttempt(atWork, { provider: 'eSIM Card', number: 2 });
    expect((await atWork.reload()).provider).to.equal('eSIM Card');
  });

  it('is where a returned eSIM came from', async () => {
    const plan = await aProduct();
    const giver = await aDeliveredOrder(plan, { codeDelivery: 'link' });
    await sql(`UPDATE orders SET provider = 'MobiMatter' WHERE id = ?`, giver.id);
    const esim = await ReturnedEsim.takeFrom(giver);
    const next = await anOrder(plan);
    await esim.sellTo(next);
    expect((await next.reload()).provider).to.equal('MobiMatter');
  });
});
