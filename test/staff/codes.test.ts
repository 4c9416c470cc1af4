import { expect } from 'chai';
import { aLoggedInColleague } from '../support/members.js';
import { aProduct } from '../support/factories.js';
import { buy, onlyOrder } from '../support/shopping.js';

describe('The codes of an eSIM in the back office', () => {
  it('are shown to nobody; the number of the card whole to an admin, its end to support', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const iccid = order.esimIccid!;
    const [admin, support] = [await aLoggedInColleague(), await aLoggedInColleague({ role: 'support' })];
    const path = `/admin/orders/${order.publicId}`;
    expect((await admin.visitor.get(path)).text).to.contain(iccid);
    const seen = await support.visitor.get(path);
    expect(seen.text).to.contain(`…${iccid.slice(-4)}`);
    for (const { visitor } of [admin, support])
      for (const page of [path, '/admin/orders', '/admin/audit', '/admin/customers']) {
        const { html } = await visitor.get(page);
        expect(html, page).to.not.contain(order.esimActivationCode!);
        expect(html, page).to.not.match(/LPA:/i);
        if (visitor === support.visitor) expect(html, page).to.not.contain(iccid);
      }
  });
});
