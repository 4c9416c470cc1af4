import { expect } from 'chai';
import { hashPassword, passwordFits } from '../../src/accounts/password.js';
import { Product } from '../../src/models/index.js';
import { aMember, logIn, PASSWORD } from '../support/members.js';
import { Visitor } from '../support/visitor.js';

const ALL = Array.from({ length: 20 });

/** How many of these had ended when the question was answered. */
async function endedBefore(answer: Promise<unknown>, rush: Promise<unknown>[]) {
  let ended = 0;
  for (const each of rush) void each.then(() => (ended += 1));
  await answer;
  return ended;
}

describe('Twenty log-ins at once', () => {
  it('leave the database its threads: a question does not wait for all the hashes', async () => {
    const stored = await hashPassword(PASSWORD);
    const rush = ALL.map(() => passwordFits(stored, PASSWORD));
    expect(await endedBefore(Product.count(), rush)).to.be.lessThan(10);
    expect(await Promise.all(rush)).to.deep.equal(ALL.map(() => true));
  });

  it('do not keep others from their pages', async () => {
    const users = await Promise.all(ALL.map(() => aMember()));
    const rush = users.map((user) => logIn(new Visitor(), user));
    const page = new Visitor().get('/login');
    expect(await endedBefore(page, rush)).to.be.lessThan(10);
    expect((await page).status).to.equal(200);
    expect((await Promise.all(rush)).map(({ status }) => status)).to.deep.equal(ALL.map(() => 303));
  });
});
