import { expect } from 'chai';
import { HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { RateLimit } from '../../src/models/index.js';
import { prune } from '../../src/operations/prune.js';
import { sql, wall } from '../support/refusals.js';

const twice = (key: string) => ({ key, most: 2, withinMs: HOUR });
const take = (...keys: string[]) => RateLimit.take(keys.map(twice));
const used = async (key: string) => (await RateLimit.findOne({ where: { key } }))?.used ?? 0;

describe('A limit', () => {
  it('counts tries within a time, and says how long to wait', async () => {
    expect([await take('k'), await take('k')]).to.deep.equal([0, 0]);
    clock.advance(50 * MINUTE);
    expect(await take('k')).to.be.within(9 * MINUTE, 10 * MINUTE);
    clock.advance(10 * MINUTE);
    expect(await take('k')).to.equal(0);
    expect(await used('k')).to.equal(1);
  });

  it('counts two at once as two', async () => {
    const waits = await Promise.all(Array.from({ length: 6 }, () => take('k')));
    expect(waits.filter((wait) => wait === 0)).to.have.length(2);
  });

  it('of several stops at the first that is used up, and spares those after it', async () => {
    await take('network');
    await take('network');
    expect(await take('network', 'account')).to.be.greaterThan(0);
    expect(await used('account')).to.equal(0);
  });

  it('gives a try back that was right, and never more than were taken', async () => {
    await take('k');
    for (let times = 0; times < 3; times += 1) await RateLimit.giveBack(['k', 'unknown']);
    expect(await used('k')).to.equal(0);
    expect(await wall(sql('UPDATE rate_limits SET used = -1'))).to.equal('check');
  });

  it('costs whoever is stopped no further write, and is taken out when it is over', async () => {
    for (let times = 0; times < 5; times += 1) await take('k');
    expect(await used('k')).to.equal(2);
    await prune();
    expect(await RateLimit.count()).to.equal(1);
    clock.advance(HOUR);
    await prune();
    expect(await RateLimit.count()).to.equal(0);
  });
});
