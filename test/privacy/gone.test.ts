import { expect } from 'chai';
import { onSqlite, tx } from '../../src/database.js';
import { closeAccount } from '../../src/accounts/close-account.js';
import { ContactRequest, Purchase, User } from '../../src/models/index.js';
import { eraseAccount } from '../../src/privacy/erase.js';
import { StillMoving } from '../../src/privacy/still-moving.js';
import { KEPT_FOR_DAYS } from '../../src/operations/retention/rules.js';
import { aContactRequest, aProduct, aPurchase, aUser } from '../support/factories.js';
import { aLoggedInMember } from '../support/members.js';
import { refusal, wall } from '../support/refusals.js';
import { Visitor } from '../support/visitor.js';

const NOBODY = 'nobody@closed.invalid';

/** Past the hooks. */
const unasked = (purchase: Purchase, values: Partial<Purchase>) => {
  const { id: _id, ...row } = purchase.get({ plain: true });
  const copy = { ...row, formKey: 'a form key of its own', ...values };
  return Purchase.bulkCreate([copy]);
};

describe('Nothing is bought by somebody who is gone', () => {
  it('not by an account that is closed', async () => {
    const user = await aUser();
    const before = await aPurchase({ userId: user.id });
    await closeAccount(user);
    expect(await refusal(aPurchase({ userId: user.id }))).to.equal('errors.accountClosed');
    expect(await wall(unasked(before, {}))).to.equal('a closed account buys nothing');
    await unasked(before, { userId: null });
  });

  it('not for an address that no mail can reach, nor is a question asked from one', async () => {
    const purchase = await aPurchase();
    const gone = { email: 'Nobody@closed.invalid', canonicalEmail: NOBODY };
    expect(await refusal(aPurchase(gone))).to.equal('errors.email');
    expect(await wall(unasked(purchase, gone))).to.match(/an address that mail can reach/);
    expect(await refusal(aContactRequest({ email: NOBODY }))).to.equal('errors.email');
    const { id: _id, ...question } = (await aContactRequest()).get({ plain: true });
    expect(
      await wall(ContactRequest.bulkCreate([{ ...question, formKey: 'another', email: NOBODY }])),
    ).to.match(/an address that mail can reach/);
  });

  it('a visitor who types such an address is told by the form', async () => {
    const visitor = new Visitor();
    await visitor.put(await aProduct());
    const page = await visitor.checkOut({ email: 'Somebody@Closed.invalid' });
    expect(page.status).to.equal(422);
    expect(page.$('#email').attr('aria-invalid')).to.equal('true');
    expect(page.text).to.contain('Please enter an e-mail address');
    expect(await Purchase.count()).to.equal(0);
  });

  it('a purchase that is placed while its account is being erased is seen, or refused', async () => {
    for (const [index] of Array.from({ length: 4 }).entries()) {
      const user = await aUser();
      const place = () => tx(() => aPurchase({ userId: user.id }));
      const both = index % 2 ? [place(), eraseAccount(user)] : [eraseAccount(user), place()];
      const outcomes = await Promise.allSettled(both);
      const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
      expect(failures, onSqlite ? 'SQLite' : 'PostgreSQL').to.have.length(1);
      const { closedAt } = await user.reload();
      const placed = await Purchase.count({ where: { userId: user.id } });
      expect([closedAt === null, placed]).to.deep.equal([
        failures[0] instanceof StillMoving,
        closedAt ? 0 : 1,
      ]);
    }
    expect(await User.count()).to.equal(4);
  });
});

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
