import { expect } from 'chai';
import { hashPassword } from '../../src/accounts/password.js';
import { HOUR, clock } from '../../src/lib/clock.js';
import { Session } from '../../src/models/index.js';
import { shopUrl } from '../support/environment.js';
import { aCoupon, aProduct, aUser } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

const PASSWORD = 'a long enough password';

async function staff(values = {}) {
  const user = await aUser({ role: 'admin', passwordHash: await hashPassword(PASSWORD), ...values });
  const visitor = new Visitor();
  const answer = await visitor.post('/login', { email: user.email, password: PASSWORD });
  return { user, visitor, answer };
}

describe('Logging in', () => {
  it('leads staff to the back office, and nobody else', async () => {
    expect((await new Visitor().get('/admin/orders')).location).to.equal('/login?next=%2Fadmin%2Forders');
    const { visitor, answer } = await staff();
    expect(answer.location).to.equal('/admin');
    expect((await visitor.get('/admin/orders')).status).to.equal(200);
    const customer = await staff({ role: 'customer' });
    expect((await customer.visitor.get('/admin/orders')).status).to.equal(404);
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const { user } = await staff();
    const wrong = await new Visitor().post('/login', { email: user.email, password: 'wrong' });
    const unknown = await new Visitor().post('/login', { email: 'nobody@example.com', password: 'wrong' });
    expect([wrong.status, unknown.status]).to.deep.equal([422, 422]);
    expect(wrong.html.replaceAll(user.email, '')).to.equal(unknown.html.replaceAll('nobody@example.com', ''));
  });

  it('lasts twelve hours for staff', async () => {
    const { visitor } = await staff();
    clock.advance(13 * HOUR);
    expect((await visitor.get('/admin/orders')).location).to.match(/^\/login/);
  });

  it('ends for good: no request under way brings a logged-out session back', async () => {
    const { code } = await aCoupon();
    const { visitor } = await staff();
    await visitor.put(await aProduct());
    const cookie = visitor.cookie();
    await Promise.all([visitor.post('/logout', {}), visitor.post('/cart/coupon', { code })]);
    expect(await Session.count()).to.equal(0);
    expect((await new Visitor().get('/admin/orders', { Cookie: cookie })).location).to.match(/^\/login/);
  });

  it('leads only to pages of this shop', async () => {
    const { user } = await staff();
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nb']) {
      const answer = await new Visitor().post('/login', { email: user.email, password: PASSWORD, next });
      expect(answer.location, next).to.equal('/admin');
    }
  });

  it('takes no NUL for an address', async () => {
    expect((await new Visitor().post('/login', { email: 'a\0b', password: 'x' })).status).to.equal(400);
    const { visitor } = await staff();
    expect((await visitor.get('/admin/orders/a%00b')).status).to.equal(400);
  });

  it('is slowed down after five wrong tries, from a whole IPv6 network too', async () => {
    const guess = async (address: string) =>
      (await new Visitor(shopUrl, address).post('/login', { email: 'guessed@example.com', password: 'x' }))
        .status;
    const tries = [];
    for (let count = 1; count <= 6; count += 1) tries.push(await guess(`2001:db8:1:2::${count}`));
    expect(tries).to.deep.equal([422, 422, 422, 422, 422, 429]);
    expect(await guess('2001:db8:1:3::1')).to.equal(422);
  });
});
