import { expect } from 'chai';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.js';
import { HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { RateLimit } from '../../src/models/index.js';
import { shopUrl } from '../support/environment.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { aLoggedInMember, aMember, isLoggedIn, logIn } from '../support/members.js';
import { Visitor, type Page } from '../support/visitor.js';

const statuses = async (times: number, ask: (number: number) => Promise<Page>) => {
  const answers = [];
  for (let number = 1; number <= times; number += 1) answers.push((await ask(number)).status);
  return answers;
};
const repeated = (status: number, times: number) => Array<number>(times).fill(status);

describe('Limits', () => {
  it('stop the sixth wrong log-in, say for how long, and let it go on then', async () => {
    const user = await aMember();
    const guesser = new Visitor();
    expect(await statuses(5, () => logIn(guesser, user, 'wrong'))).to.deep.equal(repeated(422, 5));
    const stopped = await logIn(guesser, user);
    expect(stopped.status).to.equal(429);
    expect(Number(stopped.headers.get('Retry-After'))).to.be.within(880, 900);
    expect(stopped.text).to.contain('wait 15 minutes');
    clock.advance(15 * MINUTE);
    expect((await logIn(guesser, user)).status).to.equal(303);
  });

  it('do not let strangers lock somebody out', async () => {
    const user = await aMember();
    for (let stranger = 0; stranger < 5; stranger += 1)
      await statuses(6, () => logIn(new Visitor(shopUrl, `203.0.113.${stranger}`), user, 'wrong'));
    expect((await logIn(new Visitor(), user)).status).to.equal(303);
  });

  it('do not count log-ins that were right', async () => {
    const user = await aMember();
    const visitor = new Visitor();
    expect(await statuses(7, () => logIn(visitor, user))).to.deep.equal(repeated(303, 7));
  });

  it('stop a network after twenty wrong log-ins, whoever they were for, and whatever it claims', async () => {
    const network = (number: number, claim: string) =>
      new Visitor(shopUrl, `${claim}2001:db8:7:7::${number}`);
    const guess = (number: number) =>
      network(number, `198.51.100.${number}, `).post('/login', {
        email: `u${number}@example.com`,
        password: 'x',
      });
    expect(await statuses(20, guess)).to.deep.equal(repeated(422, 20));
    expect((await guess(21)).status).to.equal(429);
  });

  it('outlive a restart, and hold in every process', async () => {
    const user = await aMember();
    await statuses(5, () => logIn(new Visitor(shopUrl, '203.0.113.9'), user, 'wrong'));
    const restarted = createServer(createApp());
    await new Promise<void>((resolve) => restarted.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(restarted.address() as AddressInfo).port}`;
    try {
      expect((await logIn(new Visitor(url, '203.0.113.9'), user)).status).to.equal(429);
      expect((await logIn(new Visitor(url, '203.0.113.10'), user)).status).to.equal(303);
    } finally {
      restarted.close();
      restarted.closeAllConnections();
    }
  });

  for (const [path, form] of Object.entries({
    '/register': { password: 'seven green suitcases' },
    '/password-reset': {},
    '/verify-email/mail': {},
  })) {
    it(`send three mails an hour to an address that is entered at ${path}, from wherever`, async () => {
      const ask = (email: string) => new Visitor().post(path, { ...form, email });
      expect(await statuses(4, () => ask('Carol@example.com '))).to.deep.equal([...repeated(303, 3), 429]);
      expect((await ask('bob@example.com')).status).to.equal(303);
      clock.advance(HOUR);
      expect((await ask('carol@example.com')).status).to.equal(303);
    });

    it(`send ten mails an hour for one network from ${path}`, async () => {
      const visitor = new Visitor();
      const ask = (number: number) => visitor.post(path, { ...form, email: `u${number}@example.com` });
      expect(await statuses(11, ask)).to.deep.equal([...repeated(303, 10), 429]);
    });
  }

  it('stop guesses of the password in a browser that stands open, and leave it logged in', async () => {
    const { visitor } = await aLoggedInMember();
    const guess = () => visitor.post('/account/closing', { password: 'wrong' });
    expect(await statuses(11, guess)).to.deep.equal([...repeated(422, 10), 429]);
    expect(await isLoggedIn(visitor)).to.equal(true);
  });

  it('take ten wrong coupons an hour, with the cart on the page; right ones do not count', async () => {
    const { code } = await aCoupon();
    const visitor = new Visitor();
    await visitor.put(await aProduct());
    const enter = (text: string) => visitor.post('/cart/coupon', { code: text });
    expect(await statuses(12, () => enter(code))).to.deep.equal(repeated(303, 12));
    expect(await statuses(10, (number) => enter(`WRONG${number}`))).to.deep.equal(repeated(422, 10));
    const stopped = await enter('WRONG11');
    expect(stopped.status).to.equal(429);
    expect(stopped.$('[role=alert]').text()).to.contain('Too many tries');
    expect(stopped.$('#cart .line')).to.have.length(1);
    expect(stopped.headers.get('Retry-After')).to.match(/^\d+$/);
  });

  it('count coupons by network too: a new session gives no new tries', async () => {
    const plan = await aProduct();
    const guess = async (number: number) => {
      const guest = new Visitor(shopUrl, '203.0.113.77');
      await guest.put(plan);
      return guest.post('/cart/coupon', { code: `GUESS${number}` });
    };
    expect(await statuses(31, guess)).to.deep.equal([...repeated(422, 30), 429]);
  });

  it('keep no address of a person or a machine', async () => {
    await logIn(new Visitor(shopUrl, '203.0.113.55'), await aMember(), 'wrong');
    const kept = JSON.stringify(await RateLimit.findAll());
    expect(kept).to.not.match(/203\.0\.113|@example/);
    expect(await RateLimit.count()).to.equal(3);
  });
});
