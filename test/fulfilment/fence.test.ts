import { expect } from 'chai';
import { LostLease } from '../../src/errors.js';
import { claimOrder, whileClaimed } from '../../src/fulfilment/claim.js';
import { noter } from '../../src/fulfilment/note-provider-order.js';
import { HOUR, clock } from '../../src/lib/clock.js';
import { aPaidOrder, anAttempt } from '../support/orders.js';

const failure = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);

/** A worker claims a paid order and stands still; its lease ends, and another worker claims it. */
async function lost() {
  await aPaidOrder();
  const order = (await claimOrder())!;
  clock.advance(HOUR);
  const taken = (await claimOrder())!;
  expect(taken.id).to.equal(order.id);
  return { order, taken };
}

describe('A worker that has lost its order', () => {
  it('writes nothing more to it, and the one that has it does', async () => {
    const { order, taken } = await lost();
    const write = (fresh: typeof order) => fresh.update({ errorMessage: 'I was here' });
    expect(await failure(whileClaimed(order, write))).to.be.instanceOf(LostLease);
    expect((await order.reload()).errorMessage).to.equal(null);
    await whileClaimed(taken, write);
    expect((await order.reload()).errorMessage).to.equal('I was here');
  });

  it('completes no purchase in two steps, but leaves what the wholesaler called it', async () => {
    const { order, taken } = await lost();
    const attempt = await anAttempt(order);
    expect(await failure(noter(order, attempt)('WHOLESALE-1'))).to.be.instanceOf(LostLease);
    expect((await attempt.reload()).providerOrderId).to.equal('WHOLESALE-1');
    await noter(taken, attempt)('WHOLESALE-1');
  });
});
