import { expect } from 'chai';
import { AsyncResource } from 'node:async_hooks';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize, tx } from '../../src/database.js';
import { closeAccount } from '../../src/accounts/close-account.js';
import { newToken } from '../../src/lib/ids.js';
import { ContactRequest, Purchase, type User } from '../../src/models/index.js';
import { eraseAccount } from '../../src/privacy/erase.js';
import { StillMoving } from '../../src/privacy/still-moving.js';
import { aContactRequest, aProduct, aPurchase, aUser } from '../support/factories.js';
import { eventually } from '../support/eventually.js';
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

  it('a purchase that is placed while its account is being erased waits, and is refused', async () => {
    for (const place of [
      ({ id }: User) => aPurchase({ userId: id }),
      ({ id }: User, other: Purchase) => unasked(other, { formKey: newToken(), userId: id }),
    ]) {
      const [user, other] = [await aUser(), await aPurchase()];
      let settled = false;
      // Bound here, so that it does not join the transaction that erases.
      const placeApart = AsyncResource.bind(async () => {
        await tx(async () => void (await place(user, other))).finally(() => (settled = true));
      });
      let placing: Promise<void> | undefined;
      await tx(async () => {
        await eraseAccount(user);
        placing = placeApart();
        placing.catch(() => {});
        if (!onSqlite) await eventually('the other one waits', async () => settled || isWaiting());
      });
      expect((await Promise.allSettled([placing]))[0].status).to.equal('rejected');
      expect(await Purchase.count({ where: { userId: user.id } })).to.equal(0);
    }
  });

  it('and one that was placed before keeps its account', async () => {
    const user = await aUser();
    await aPurchase({ userId: user.id });
    await eraseAccount(user).then(
      () => expect.fail('erased'),
      (error: unknown) => expect(error).to.be.instanceOf(StillMoving),
    );
    expect((await user.reload()).closedAt).to.equal(null);
  });
});

/** Somebody waits for a lock, on PostgreSQL. */
const isWaiting = async () =>
  (await sequelize.query('SELECT 1 FROM pg_locks WHERE NOT granted', { type: QueryTypes.SELECT })).length > 0;
