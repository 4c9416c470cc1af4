import { expect } from 'chai';
import { DAY, SECOND, clock } from '../../src/lib/clock.js';
import { AuditLog, Order, ShopSettings } from '../../src/models/index.js';
import { DEFAULTS } from '../../src/shop/settings.js';
import { changeSettings, readingOf } from '../../src/staff/change-settings.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { aLoggedInColleague, confirm, expectRefusal, mailTo } from '../support/members.js';
import { refusal, sql } from '../support/refusals.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

const FORM = { shop_name: 'NumnaRoad', support_email: '', return_days: '14', alert_emails: '' };

const seenBy = async (visitor: Visitor) =>
  String((await visitor.get('/admin/settings')).$('input[name=seen]').val());

/** Opens the form and sends it, filled in as told. */
const saving =
  (visitor: Visitor) =>
  async (form: Partial<typeof FORM & { seen: string }> = {}) =>
    visitor.post('/admin/settings', { seen: await seenBy(visitor), ...FORM, ...form });

async function anOwner() {
  const { user, visitor } = await aLoggedInColleague();
  await confirm(visitor);
  return { user, visitor, save: saving(visitor) };
}

describe('The settings of the owner', () => {
  it('begin with what the code says, and write nothing when nothing is changed', async () => {
    const { visitor, save } = await anOwner();
    const page = await visitor.get('/admin/settings');
    expect(page.$('#shop_name').val()).to.equal('NumnaRoad');
    expect(page.$('#return_days').val()).to.equal('14');
    expect((await save()).location).to.equal('/admin/settings?done=saved');
    expect(await AuditLog.count()).to.equal(0);
  });

  it('stand in the books with before and after, and only what was changed', async () => {
    const { user, save } = await anOwner();
    await save({ return_days: '30', alert_emails: 'a@example.com\r\nb@example.com' });
    expect(await AuditLog.findOne({ rejectOnEmpty: true })).to.deep.include({
      actorId: user.id,
      action: 'update',
      entity: 'shop_settings',
      before: { returnDays: 14, alertEmails: [] },
      after: { returnDays: 30, alertEmails: ['a@example.com', 'b@example.com'] },
    });
    expect(await ShopSettings.count()).to.equal(1);
  });

  it('name the shop on pages, in titles and in mails', async () => {
    const { save } = await anOwner();
    await save({ shop_name: 'Wander & <i>Co</i>' });
    const home = await new Visitor().get('/');
    expect(home.$('.logo').text()).to.equal('Wander & <i>Co</i>');
    expect(home.$('title').text()).to.contain('Wander & <i>Co</i>');
    expect((await new Visitor().get('/terms')).$('title').text()).to.contain('· Wander & <i>Co</i>');
    await buy(await aProduct());
    const mail = await mailTo('alice@example.com');
    expect(mail.text).to.contain('Wander & <i>Co</i>, travel eSIMs.');
    expect(mail.html).to.not.contain('<i>Co</i>').and.to.not.contain('NumnaRoad');
  });

  it('say where to write to, on the contact page and in mails', async () => {
    const { save } = await anOwner();
    expect((await new Visitor().get('/help/contact')).$('a[href^="mailto:"]')).to.have.length(0);
    await save({ support_email: 'help@example.com' });
    const page = await new Visitor().get('/help/contact');
    expect(page.$('a[href="mailto:help@example.com"]')).to.have.length(1);
    await buy(await aProduct());
    const mail = await mailTo('alice@example.com');
    expect(mail.text).to.contain('Questions? Write to help@example.com.');
    expect(mail.headers['reply-to']).to.equal('help@example.com');
  });

  it('set for how long an eSIM can be given back: on every page, in the mail, and in fact', async () => {
    const { save } = await anOwner();
    await save({ return_days: '30' });
    const plan = await aProduct();
    const visitor = new Visitor();
    await visitor.put(plan);
    for (const path of ['/refunds', `/products/${plan.slug}`, '/checkout']) {
      const { text } = await visitor.get(path);
      expect(text, path).to.contain('within 30 days').and.to.not.contain('14 days');
    }
    const { alice, returnPath } = await buy(plan, { code_delivery: 'link', consent: '' });
    expect((await mailTo('alice@example.com')).text).to.contain('within 30 days');
    const order = await onlyOrder();
    expect(order.returnDays).to.equal(30);
    await alice.follow(returnPath);
    clock.advance(29 * DAY);
    const page = await alice.get(`/orders/${order.publicId}`);
    expect(page.$('#withdrawal').text()).to.contain('you can give it back until');
    await alice.post(`/orders/${order.publicId}/withdrawal`, {});
    await work();
    expect((await onlyOrder()).status).to.equal('refunded');
  });

  it('leave an order what it was sold with, whatever the owner sets later', async () => {
    const { save } = await anOwner();
    await save({ return_days: '30' });
    const { alice, returnPath } = await buy(await aProduct(), { code_delivery: 'link', consent: '' });
    const { publicId } = await onlyOrder();
    await alice.follow(returnPath);
    await save({ return_days: '14' });
    clock.advance(20 * DAY);
    expect((await alice.get(`/orders/${publicId}`)).$('#withdrawal').text()).to.contain('give it back until');
    clock.advance(11 * DAY);
    expect((await alice.get(`/orders/${publicId}`)).$('#withdrawal').text()).to.contain('More than 30 days');
  });

  describe('at the checkout', () => {
    const LINK = { email: 'alice@example.com', payment_method: 'card', code_delivery: 'link' };

    /** Alice has the checkout open while another process stores `days` (this one does not hear of it). */
    async function openWhile(read: string, days: number) {
      const { save } = await anOwner();
      await save({ return_days: read });
      const alice = new Visitor();
      await alice.put(await aProduct());
      const page = await alice.get('/checkout');
      expect(page.$('input[name=return_days]').val()).to.equal(read);
      await ShopSettings.update({ returnDays: days }, { where: {} });
      const form = { ...LINK, form_key: String(page.$('input[name=form_key]').val()) };
      return { alice, form };
    }

    it('are not fewer days than were read there, but asked about again', async () => {
      const { alice, form } = await openWhile('30', 20);
      const page = await alice.post('/checkout', { ...form, return_days: '30' });
      expectRefusal(page, 409, 'was changed from 30 to 20 days. Nothing was ordered');
      expect(page.text).to.contain('within 20 days').and.to.not.contain('within 30 days');
      expect(page.$('#email').val()).to.equal('alice@example.com');
      expect(page.$('input[name=code_delivery]:checked').val()).to.equal('link');
      expect(page.$('input[name=return_days]').val()).to.equal('20');
      expect(await Order.count()).to.equal(0);
      const form_key = String(page.$('input[name=form_key]').val());
      const again = await alice.post('/checkout', { ...form, form_key, return_days: '20' });
      expect(again.status).to.equal(303);
      expect((await onlyOrder()).returnDays).to.equal(20);
    });

    it('are more days than were read without a word', async () => {
      const { alice, form } = await openWhile('20', 30);
      expect((await alice.post('/checkout', { ...form, return_days: '20' })).status).to.equal(303);
      expect((await onlyOrder()).returnDays).to.equal(30);
    });

    it('are those that stand in the books, whatever an old page or a made-up one says', async () => {
      for (const odd of [undefined, '', '-1', '20.5', 'NaN', '99999']) {
        const { alice, form } = await openWhile('30', 20);
        const answer = await alice.post('/checkout', {
          ...form,
          ...(odd !== undefined && { return_days: odd }),
        });
        expect(answer.status, String(odd)).to.equal(303);
      }
      const orders = await Order.findAll();
      expect(orders.map(({ returnDays }) => returnDays)).to.deep.equal(Array(6).fill(20));
    });
  });

  it('reach another process within five seconds', async () => {
    await anOwner();
    await new Visitor().get('/');
    await sql(`INSERT INTO shop_settings (id, shop_name) VALUES ('theshopsettings', 'Elsewhere')`);
    clock.advance(6 * SECOND);
    expect((await new Visitor().get('/')).$('.logo').text()).to.equal('Elsewhere');
  });

  it('are refused with a sentence when they break a rule, with what was typed', async () => {
    const { visitor, save } = await anOwner();
    for (const [form, sentence] of [
      [{ shop_name: ' ' }, 'The shop’s name has 1 to 60 characters'],
      [{ shop_name: 'x'.repeat(61) }, 'The shop’s name has 1 to 60 characters'],
      [{ support_email: 'help' }, 'Please enter an e-mail address'],
      [{ return_days: '13' }, '14 to 60 days'],
      [{ return_days: '61' }, '14 to 60 days'],
      [{ return_days: '14.5' }, '14 to 60 days'],
      [{ return_days: '' }, '14 to 60 days'],
      [{ alert_emails: 'a@example.com, nobody' }, 'Please enter an e-mail address'],
      [{ alert_emails: Array.from({ length: 11 }, (_, n) => `a${n}@example.com`).join('\n') }, 'up to ten'],
    ] as const) {
      const page = await save(form);
      expectRefusal(page, 422, sentence);
      const [field, typed] = Object.entries(form)[0]!;
      expect(page.$(`#${field}`).val(), field).to.equal(typed);
    }
    expect(await ShopSettings.count()).to.equal(0);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(9);
    expect((await visitor.get('/admin/settings')).$('#shop_name').val()).to.equal('NumnaRoad');
  });

  it('ask an admin to show who they are before anything is changed', async () => {
    const { visitor } = await aLoggedInColleague();
    const page = await saving(visitor)({ alert_emails: 'mine@example.com' });
    expect(page.location).to.equal('/admin/confirm?next=%2Fadmin%2Fsettings&stopped=1');
    expect(await ShopSettings.count()).to.equal(0);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(1);
  });

  it('tell those who were told, and those who are from now on, that the alarm rings elsewhere', async () => {
    const { user, save } = await anOwner();
    const told = () => world.mailbox.mails().flatMap(({ to }) => to);
    await save({ alert_emails: 'boss@example.com' });
    await work();
    expect(told()).to.deep.equal(['boss@example.com']);
    await save({ alert_emails: 'boss@example.com', shop_name: 'Wander' });
    await work();
    expect(told()).to.have.length(1);
    await save({ alert_emails: 'other@example.com' });
    await work();
    expect(told().slice(1)).to.have.members(['boss@example.com', 'other@example.com']);
    await save();
    const last = await mailTo('other@example.com');
    expect(told()).to.have.length(4);
    expect(last.text).to.contain(`${user.email} changed who is told`).and.to.contain('it is: nobody.');
  });

  it('are changed by nobody who is no admin any more', async () => {
    const [{ user }] = [await anOwner(), await anOwner()];
    await user.update({ role: 'support' });
    // Asked with what was true when the form arrived.
    user.role = 'admin';
    const wanted = { ...DEFAULTS, shopName: 'Mine' };
    expect(await refusal(changeSettings(readingOf(DEFAULTS), wanted, user))).to.equal('errors.adminsOnly');
    expect(await ShopSettings.count()).to.equal(0);
  });

  it('are an admin’s alone; support may read them', async () => {
    const { visitor } = await aLoggedInColleague({ role: 'support' });
    const page = await visitor.get('/admin/settings');
    expect(page.$('main button')).to.have.length(0);
    expectRefusal(await saving(visitor)({ shop_name: 'Mine' }), 403, 'Only an admin');
    expect(await ShopSettings.count()).to.equal(0);
  });

  it('keep one row when two save at once for the first time, and the second looks again', async () => {
    const [one, other] = [await anOwner(), await anOwner()];
    const seen = await seenBy(one.visitor);
    const answers = await Promise.all([
      one.save({ shop_name: 'One', seen }),
      other.save({ return_days: '20', seen }),
    ]);
    expect(answers.map(({ status }) => status)).to.have.members([303, 409]);
    expect(await ShopSettings.count()).to.equal(1);
  });

  it('keep what a colleague saved meanwhile, and what was typed over it', async () => {
    const [one, other] = [await anOwner(), await anOwner()];
    const seen = await seenBy(one.visitor);
    await other.save({ return_days: '30' });
    for (const old of [seen, '']) {
      const page = await one.save({ shop_name: 'Wander', seen: old });
      expectRefusal(page, 409, 'A colleague changed these settings since you opened them.');
      expect(page.text).to.contain('return days: now “30”, you typed “14”');
      expect(page.$('#shop_name').val()).to.equal('Wander');
      expect(await ShopSettings.findOne()).to.include({ shopName: null, returnDays: 30 });
    }
    expect((await one.save({ shop_name: 'Wander', return_days: '30' })).status).to.equal(303);
    expect(await ShopSettings.findOne()).to.include({ shopName: 'Wander', returnDays: 30 });
  });

  it('are shown as they stand, not as this process read them some seconds ago', async () => {
    const { visitor, save } = await anOwner();
    await new Visitor().get('/');
    await sql(`INSERT INTO shop_settings (id, shop_name) VALUES ('theshopsettings', 'Elsewhere')`);
    expect((await visitor.get('/admin/settings')).$('#shop_name').val()).to.equal('Elsewhere');
    expect((await save({ shop_name: 'Here' })).status).to.equal(303);
  });
});
