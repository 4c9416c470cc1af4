import { expect } from 'chai';
import { KEPT_FOR_DAYS } from '../../src/operations/retention/rules.js';
import { aLoggedInMember } from '../support/members.js';

describe('The page on privacy', () => {
  it('says how long what is kept, as the worker does it, and leads to what one can do', async () => {
    const { visitor } = await aLoggedInMember();
    const { text, $ } = await visitor.get('/privacy');
    const { browsers, guests, unpaid, recipients, events, requests, books } = KEPT_FOR_DAYS;
    expect([browsers, unpaid, recipients, guests, events, requests / 365, books / 365]).to.deep.equal([
      90, 90, 90, 30, 30, 2, 5,
    ]);
    for (const words of [
      'browser of the order for 90 days',
      'take you out of that order after 90 days',
      'for 90 days to which address',
      'forgotten after 30 days',
      'deleted 30 days after',
      'until two years after',
      'for five years',
    ])
      expect(text).to.contain(words);
    for (const path of ['/account/privacy', '/register', '/help/contact'])
      expect($(`main a[href="${path}"]`).length, path).to.equal(1);
    expect((await visitor.get('/account')).$('a[href="/account/privacy"]')).to.have.length(1);
  });
});
