import { expect } from 'chai';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import {
  AuditLog,
  AutomationLog,
  Coupon,
  EmailLog,
  FulfilmentAttempt,
  Order,
  Product,
  Purchase,
  Refund,
} from '../../src/models/index.js';
import { settleSession } from '../../src/payments/settle.js';
import { stripe } from '../../src/payments/stripe.js';
import { ICCID, TYPED } from '../support/desk.js';
import { world } from '../support/environment.js';
import { aContactRequest, aCoupon, aProduct } from '../support/factories.js';
import { confirm, expectRefusal, mailTo, PASSWORD } from '../support/members.js';
import { buy, onlyOrder, startBuying, subjects } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';
import { aColleague, aConfirmedAdmin } from '../support/staff.js';

const page = ({ publicId }: Order, at = '') => `/admin/orders/${publicId}${at}`;
const reason = 'They said so on the telephone';

/** A paid order whose only wholesaler asks to wait. */
async function aStuckOrder() {
  const plan = await aProduct();
  world.airalo.fault({ fault: 'rate-limited', times: 1 });
  await buy(plan);
  return { plan, order: await onlyOrder() };
}

/** A paid order of which nobody knows whether it was bought. */
async function anUncertainOrder(fault: 'timeout-bought' | 'timeout-not-bought' = 'timeout-not-bought') {
  const plan = await aProduct();
  world.airalo.fault({ fault, times: 1 });
  await buy(plan);
  return { plan, order: await onlyOrder() };
}

const audits = (action: string) => AuditLog.findAll({ where: { action } });
const refusals = () => AuditLog.count({ where: { action: 'refused' } });
const lastAttempt = () => FulfilmentAttempt.findOne({ order: [['number', 'DESC']], rejectOnEmpty: true });

describe('The page of an order in the back office', () => {
  it('says what there is to know, and what can be done now', async () => {
    const plan = await aProduct();
    await buy([[plan, 2]]);
    const [order, other] = await Order.findAll({ order: [['position', 'ASC']] });
    const request = await aContactRequest({ email: order!.customerEmail });
    const { visitor } = await aConfirmedAdmin();
    const shown = await visitor.get(page(order!));
    expect(shown.$(`a[href="/admin/orders/${other!.publicId}"]`)).to.have.length(1);
    expect(shown.$(`a[href="/admin/contact-requests/${request.id}"]`)).to.have.length(1);
    expect(shown.text).to.contain('Airalo').and.to.contain('esim_ready: sent');
    expect(shown.text).to.not.contain(order!.esimActivationCode!);
    expect(shown.$('form[action$="/mail"]')).to.have.length(1);
    expect(shown.$('form[action$="/retry"]')).to.have.length(0);
    expect(shown.text).to.contain('Retry now: This order is delivered');
    expect((await visitor.get('/admin/orders/0b9c6f1e-2d4a-4c1b-9e8f-7a6b5c4d3e2f')).status).to.equal(404);
    expect((await visitor.get(page(order!, '/decisions/nothing'))).status).to.equal(404);
  });

  it('takes notes that hold no secret, and keeps them from the customer', async () => {
    const { alice, returnPath } = await buy(await aProduct());
    const order = await onlyOrder();
    const { user, visitor } = await aColleague('support');
    const note = 'She <b>called</b> twice, kindly.';
    expect((await visitor.post(page(order, '/notes'), { note })).location).to.equal(
      page(order, '?done=note'),
    );
    expect((await visitor.get(page(order))).text).to.contain(note);
    expect(await AutomationLog.findOne({ where: { step: 'note' } })).to.include({
      message: note,
      actor: user.id,
    });
    for (const bad of [
      '',
      ' ',
      'x'.repeat(1001),
      'LPA:1$a.example$B',
      `ICCID ${ICCID}`,
      'alice@example.com',
    ]) {
      const refused = await visitor.post(page(order, '/notes'), { note: bad });
      expectRefusal(refused, 422, 'Please write a note of 1 to 1,000 characters');
      expect(refused.$('#note').val()).to.equal(bad);
    }
    expect(await AutomationLog.count({ where: { step: 'note' } })).to.equal(1);
    expect(await audits('note')).to.have.length(1);
    expect(await refusals()).to.equal(6);
    expect((await alice.follow(returnPath)).text).to.not.contain('kindly');
  });

  it('mails again, and says that it did', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const { user, visitor } = await aColleague('support');
    await visitor.post(page(order, '/mail'), {});
    await work();
    expect(subjects().filter((subject) => subject.startsWith('Your eSIM is ready'))).to.have.length(2);
    expect(await AutomationLog.findOne({ where: { step: 'mail' } })).to.include({ actor: user.id });
    expect(await audits('resend')).to.have.length(1);
  });

  it('mails nothing while there is nothing to say', async () => {
    await startBuying(await aProduct());
    const { visitor } = await aColleague('support');
    const refused = await visitor.post(page(await onlyOrder(), '/mail'), {});
    expectRefusal(refused, 409, 'There is nothing to mail about this order yet.');
    expect(await EmailLog.count()).to.equal(0);
  });

  it('corrects an address, where a code was seen by an admin alone', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const support = await aColleague('support');
    const admin = await aConfirmedAdmin();
    const form = { email: 'alicia@example.com', reason };
    expect((await support.visitor.get(page(order, '/address'))).text).to.contain('only an admin may send it');
    const refused = await support.visitor.post(page(order, '/address'), form);
    expectRefusal(refused, 403, 'Somebody has seen a code of this purchase');
    expectRefusal(await admin.visitor.post(page(order, '/address'), { ...form, email: 'no' }), 422, 'e-mail');
    expectRefusal(await admin.visitor.post(page(order, '/address'), { ...form, reason: '' }), 422, 'reason');
    expect((await onlyOrder()).customerEmail).to.equal('alice@example.com');

    const done = await admin.visitor.post(page(order, '/address'), form);
    expect(done.location).to.equal(page(order, '?done=address'));
    expect((await mailTo('alicia@example.com')).subject).to.contain('Your eSIM is ready');
    const [entry] = await audits('correct_address');
    expect(entry!.after).to.deep.equal({ address: 'corrected', why: reason });
    expect(entry!.before).to.deep.equal({ codeSeen: true });
    expect(await Order.count({ where: { customerEmail: 'alicia@example.com' } })).to.equal(1);
  });

  it('mails no code that was seen elsewhere from a browser that an admin left open', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const { visitor } = await aColleague();
    const path = page(order, '/address');
    const first = `/admin/confirm?next=${encodeURIComponent(path)}`;
    expect((await visitor.get(path)).location).to.equal(first);
    const stopped = await visitor.post(path, { email: 'mallory@example.com', reason });
    expect(stopped.location).to.equal(`${first}&stopped=1`);
    await work();
    expect((await onlyOrder()).customerEmail).to.equal('alice@example.com');
    expect(world.mailbox.mails()).to.have.length(1);
    expect(await audits('refused')).to.have.length(1);
    await confirm(visitor);
    expect((await visitor.get(path)).status).to.equal(200);
  });

  it('asks no admin who they are while nobody has seen a code', async () => {
    const { order } = await aStuckOrder();
    const { visitor } = await aColleague();
    const answer = await visitor.post(page(order, '/address'), { email: 'alicia@example.com', reason });
    expect(answer.location).to.equal(page(order, '?done=address'));
  });

  it('corrects an address by support while nobody has seen a code', async () => {
    const { order } = await aStuckOrder();
    const { visitor } = await aColleague('support');
    await visitor.post(page(order, '/address'), { email: 'alicia@example.com', reason });
    await workAfter(10 * MINUTE);
    expect(
      world.mailbox
        .mails()
        .map(({ to }) => to)
        .flat(),
    ).to.deep.equal(['alicia@example.com']);
  });
});

describe('Retrying by staff', () => {
  it('takes an order up at once, and says why not where that changes nothing', async () => {
    const { order } = await aStuckOrder();
    const { user, visitor } = await aColleague('support');
    const tooSoon = await visitor.post(page(order, '/retry'), {});
    expectRefusal(tooSoon, 422, 'The wholesaler asked us to wait until');
    const attempt = await lastAttempt();
    await attempt.update({ reason: 'refused' });
    await order.update({ dueAt: Date.now() + HOUR });
    expect((await visitor.post(page(order, '/retry'), {})).location).to.equal(page(order, '?done=retry'));
    expect((await order.reload()).dueAt).to.be.at.most(Date.now());
    expect(await AutomationLog.findOne({ where: { step: 'retry' } })).to.include({ actor: user.id });
    expect(await audits('retry')).to.have.length(1);
    await work();
    expect((await onlyOrder()).status).to.equal('refunded');
    expectRefusal(await visitor.post(page(order, '/retry'), {}), 422, 'is never bought again');
  });

  it('leaves an order alone that is unpaid, held, at work or refunded', async () => {
    const { visitor } = await aColleague('support');
    const { session } = await startBuying(await aProduct());
    const order = await onlyOrder();
    expectRefusal(await visitor.post(page(order, '/retry'), {}), 422, 'This order is not paid');
    world.airalo.fault({ fault: 'rate-limited', times: 1 });
    world.stripe.pay(session);
    await work();
    await order.reload();
    await order.update({ leaseUntil: Date.now() + MINUTE });
    expectRefusal(await visitor.post(page(order, '/retry'), {}), 422, 'The worker is at this order');
    await order.update({ leaseUntil: 0, holdReason: 'dispute' });
    expectRefusal(await visitor.post(page(order, '/retry'), {}), 422, 'This order is on hold');
    expect(await audits('retry')).to.have.length(0);
    expect(await refusals()).to.equal(3);
    await order.update({ holdReason: null });
  });

  it('of several at once tells for each what came of it', async () => {
    const { order: stuck } = await anUncertainOrder();
    await buy(await aProduct());
    const delivered = await Order.findOne({ where: { status: 'completed' }, rejectOnEmpty: true });
    const { visitor } = await aColleague('support');
    const form = new URLSearchParams([
      ['order_id', stuck.publicId],
      ['order_id', delivered.publicId],
      ['order_id', '0b9c6f1e-2d4a-4c1b-9e8f-7a6b5c4d3e2f'],
      ['order_id', 'nonsense'],
    ]);
    const results = await visitor.post('/admin/orders/retries', form);
    expect(results.status).to.equal(200);
    expect(results.text).to.contain('1 of 3 taken up again').and.to.contain('This order is delivered');
    expectRefusal(await visitor.post('/admin/orders/retries', {}), 422, 'Please tick at least one.');
    expect(await audits('retry')).to.have.length(1);
    await workAfter(20 * MINUTE);
  });
});

describe('An eSIM by hand', () => {
  it('is delivered as if a wholesaler had answered with it', async () => {
    const { plan, order } = await aStuckOrder();
    const { user, visitor } = await aConfirmedAdmin();
    const { stock } = await plan.reload();
    const done = await visitor.post(page(order, '/issue'), TYPED);
    expect(done.location).to.equal(page(order, '?done=issued'));
    expect(await onlyOrder()).to.include({
      status: 'completed',
      stockState: 'consumed',
      esimIccid: ICCID,
      esimActivationCode: 'LPA:1$smdp.example.com$HAND-1',
      providerOrderId: 'MM-PORTAL-1',
    });
    expect((await plan.reload()).stock).to.equal(stock);
    expect(await lastAttempt()).to.include({
      number: 2,
      state: 'succeeded',
      reason: 'by_hand',
      provider: 'MobiMatter',
      settledById: user.id,
      costMinor: 250,
    });
    await workAfter(10 * MINUTE);
    expect(subjects()).to.deep.equal([`Your eSIM is ready: ${plan.name}`]);
    expect(world.airalo.ledger()).to.have.length(0);
    const [entry] = await audits('issue_by_hand');
    expect(entry!.after).to.deep.equal({ status: 'completed', provider: 'MobiMatter', why: TYPED.reason });
  });

  it('is read with care: code, number, order number, cost and reason', async () => {
    const { order } = await aStuckOrder();
    const { visitor } = await aConfirmedAdmin();
    const bad: [object, string][] = [
      [{ activation_code: 'smdp.example.com' }, 'This is no activation code'],
      [{ activation_code: 'LPA:2$smdp.example.com$X' }, 'This is no activation code'],
      [{ activation_code: 'LPA:1$localhost$X' }, 'This is no activation code'],
      [{ activation_code: 'LPA:1$smdp.example.com$X$1.2.3$2' }, 'This is no activation code'],
      [{ activation_code: 'LPA:1$smdp.example.com$X$$1' }, 'asks for a confirmation code'],
      [{ iccid: '1234' }, 'An ICCID is 18 to 22 digits'],
      [{ iccid: '8901260852290847019' }, 'The check digit of this ICCID is wrong'],
      [{ provider: 'Nobody' }, 'wholesaler'],
      [{ provider_order_id: ' ' }, 'order number'],
      [{ cost: 'much' }, 'amount'],
      [{ reason: '' }, 'Please write a reason'],
    ];
    for (const [values, sentence] of bad)
      expectRefusal(await visitor.post(page(order, '/issue'), { ...TYPED, ...values }), 422, sentence);
    expect((await order.reload()).status).to.equal('processing');
    expect(await FulfilmentAttempt.count()).to.equal(1);
    expect(await refusals()).to.equal(bad.length);
    const odd = { iccid: '8901260852290847019', iccid_anyway: 'yes' };
    const whole = { activation_code: 'LPA:1$smdp.example.com$X$1.3.6$1', confirmation_code: '1234' };
    await visitor.post(page(order, '/issue'), { ...TYPED, ...odd, ...whole });
    expect((await order.reload()).esimDetails).to.deep.equal({ confirmationCode: '1234' });
    await work();
  });

  it('is refused when it is somebody’s, when one may have been bought, on hold, and once there is a refund', async () => {
    await buy(await aProduct());
    const delivered = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    expectRefusal(await visitor.post(page(delivered, '/issue'), TYPED), 422, 'This order is delivered');
    const { esimIccid, esimActivationCode } = delivered;
    world.airalo.fault({ fault: 'timeout-not-bought', times: 1 });
    await buy(await aProduct());
    const order = await Order.findOne({ where: { status: 'processing' }, rejectOnEmpty: true });
    expectRefusal(await visitor.post(page(order, '/issue'), TYPED), 422, 'may have been bought');
    const open = await FulfilmentAttempt.findOne({ where: { orderId: order.id }, rejectOnEmpty: true });
    await open.update({ state: 'rejected', reason: 'by_hand' });
    const issue = (values: object) => visitor.post(page(order, '/issue'), { ...TYPED, ...values });
    expectRefusal(await issue({ iccid: esimIccid!, iccid_anyway: 'yes' }), 422, 'Another order has the eSIM');
    expectRefusal(
      await issue({ activation_code: esimActivationCode! }),
      422,
      'Another order has this activation code',
    );
    const taken = { provider: 'Airalo', provider_order_id: delivered.providerOrderId! };
    expectRefusal(await issue(taken), 422, 'Another order has this eSIM, or this number');
    await order.update({ holdReason: 'fraud_warning' });
    expectRefusal(await issue({}), 422, 'This order is on hold');
    await visitor.post(page(order, '/refund'), { reason, password: PASSWORD });
    expectRefusal(await issue({}), 422, 'This order has failed for good');
    await work();
    expect((await order.reload()).status).to.equal('refunded');
    expect(await audits('issue_by_hand')).to.have.length(0);
  });
});

describe('An attempt of which nobody knows', () => {
  it('is settled as bought, with what it bought', async () => {
    const { order } = await anUncertainOrder('timeout-bought');
    const { user, visitor } = await aConfirmedAdmin();
    const [sold] = world.airalo.ledger();
    const form = {
      provider: 'Airalo',
      provider_order_id: sold!.providerOrderId,
      iccid: sold!.iccid,
      iccid_anyway: 'yes',
      activation_code: sold!.lpa!,
      reason,
    };
    const other = await visitor.post(page(order, '/attempt/purchase'), { ...form, provider: 'MobiMatter' });
    expectRefusal(other, 422, 'This attempt was made with another wholesaler');
    const done = await visitor.post(page(order, '/attempt/purchase'), form);
    expect(done.location).to.equal(page(order, '?done=issued'));
    expect(await onlyOrder()).to.include({ status: 'completed', esimIccid: sold!.iccid });
    expect(await lastAttempt()).to.include({ number: 1, state: 'succeeded', settledById: user.id });
    await workAfter(10 * MINUTE);
    expect(world.airalo.ledger()).to.have.length(1);
    expect(world.mailbox.mails()).to.have.length(1);
    expectRefusal(
      await visitor.post(page(order, '/attempt/purchase'), form),
      422,
      'no attempt of this order',
    );
  });

  it('is settled as not bought once nothing can appear any more, and the order goes on', async () => {
    const { order } = await anUncertainOrder();
    const { visitor } = await aConfirmedAdmin();
    const path = page(order, '/decisions/not-bought');
    expect((await visitor.get(path)).text).to.contain('If you are wrong, we pay for two eSIMs');
    expectRefusal(await visitor.post(path, { reason }), 422, 'A purchase may still appear');
    expectRefusal(await visitor.post(path, { reason: '' }), 422, 'Please write a reason');
    await (await lastAttempt()).update({ sentAt: Date.now() - HOUR });
    expect((await visitor.post(path, { reason })).location).to.equal(page(order, '?done=decided'));
    expect(await lastAttempt()).to.include({ state: 'rejected', reason: 'by_hand' });
    await work();
    expect((await onlyOrder()).status).to.equal('refunded');
    expect(world.airalo.ledger()).to.have.length(0);
    expect(await audits('settle_attempt')).to.have.length(1);
  });
});

describe('Money, holds and payments at the desk', () => {
  it('a paid order that is stuck is refunded instead of delivered', async () => {
    const { plan, order } = await aStuckOrder();
    const { visitor } = await aConfirmedAdmin();
    expect((await visitor.get(page(order, '/refund'))).text).to.contain('It is not delivered');
    await visitor.post(page(order, '/refund'), { reason, password: PASSWORD });
    expect(await order.reload()).to.include({ status: 'failed', stockState: 'released' });
    await workAfter(10 * MINUTE);
    expect((await order.reload()).status).to.equal('refunded');
    expect((await plan.reload()).stock).to.equal(10);
    expect(world.airalo.ledger()).to.have.length(0);
    expect(world.stripe.ledger().refunds).to.have.length(1);
  });

  it('nothing is refunded while an eSIM may have been bought', async () => {
    const { order } = await anUncertainOrder();
    const { visitor } = await aConfirmedAdmin();
    const refused = await visitor.post(page(order, '/refund'), { reason, password: PASSWORD });
    expectRefusal(refused, 422, 'An eSIM may have been bought for this order');
    expect(await Refund.count()).to.equal(0);
    await workAfter(20 * MINUTE);
  });

  it('a refused refund is asked for again, and money goes back once', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    expectRefusal(await visitor.post(page(order, '/refund/again'), {}), 422, 'This refund has not failed.');
    await visitor.post(page(order, '/refund'), { reason, password: PASSWORD });
    await Refund.update({ state: 'failed', errorMessage: 'charge_disputed' }, { where: {} });
    expect((await visitor.get(page(order))).text).to.contain('Stripe refused the refund (charge_disputed)');
    expect((await visitor.post(page(order, '/refund/again'), {})).status).to.equal(303);
    await work();
    expect((await order.reload()).status).to.equal('refunded');
    expect(world.stripe.ledger().refunds).to.have.length(1);
    expectRefusal(await visitor.post(page(order, '/refund/again'), {}), 422, 'This refund has not failed.');
  });

  it('a refused refund is not asked for again beside one from the dashboard that may be it', async () => {
    await buy([[await aProduct(), 2]]);
    const [order, equal] = await Order.findAll({ order: [['position', 'ASC']] });
    const { visitor } = await aConfirmedAdmin();
    world.stripe.fault('refund-pending', 1);
    await visitor.post(page(order!, '/refund'), { reason });
    await work();
    const refund = await Refund.findOne({ rejectOnEmpty: true });
    world.stripe.settleRefund(refund.stripeRefundId!, 'failed');
    await work();
    expect((await refund.reload()).state).to.equal('failed');
    await stripe.refunds.create({ payment_intent: order!.paymentId, amount: order!.amountMinor });
    await work();
    const path = page(order!, '/refund/again');
    expectRefusal(await visitor.post(path, {}), 422, 'perhaps for this very order');
    expect(await refund.reload()).to.include({ state: 'failed', attempt: 1 });

    await visitor.post(page(order!, '/decisions/lift-hold'), { reason });
    expect((await visitor.post(path, {})).status).to.equal(303);
    await work();
    const live = world.stripe.ledger().refunds.filter(({ status }) => status !== 'failed');
    expect(live).to.have.length(1);
    expect(await refund.reload()).to.include({ state: 'failed', errorMessage: 'foreign_refund' });
    expect((await equal!.reload()).status).to.equal('completed');
    expect((await visitor.get(page(order!))).text).to.contain('Nothing was sent: a refund made in Stripe');
  });

  it('a hold is lifted for a reason, and the order goes on', async () => {
    const { order } = await aStuckOrder();
    const { user, visitor } = await aConfirmedAdmin();
    const path = page(order, '/decisions/lift-hold');
    expectRefusal(await visitor.post(path, { reason }), 422, 'This order is not on hold');
    await order.update({ holdReason: 'fraud_warning' });
    expect((await visitor.get(page(order))).text).to.contain('Stripe warns that the card may be stolen');
    await workAfter(10 * MINUTE);
    expect((await order.reload()).status).to.equal('processing');
    await confirm(visitor);
    await visitor.post(path, { reason });
    await work();
    expect((await order.reload()).status).to.equal('completed');
    expect(await AutomationLog.findOne({ where: { step: 'hold' } })).to.include({ actor: user.id });
    expect((await audits('lift_hold'))[0]!.after).to.deep.equal({ holdReason: null, why: reason });
  });

  it('a payment that does not add up is looked at again, and sent back once', async () => {
    const plan = await aProduct();
    const { code } = await aCoupon();
    const alice = new Visitor();
    await alice.put(plan);
    await alice.post('/cart/coupon', { code });
    const session = await alice.startPaying();
    world.stripe.pay(session);
    await Purchase.update({ state: 'review', reviewReason: 'Paid 1, not 405' }, { where: {}, hooks: false });
    const intent = world.stripe.ledger().paymentIntents[0]!.id;
    await Purchase.update({ paymentIntent: intent }, { where: {} });
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    expect((await visitor.get(page(order))).text).to.contain('The payment does not add up: Paid 1, not 405');
    expectRefusal(
      await visitor.post(page(order, '/decisions/close-unpaid'), { reason }),
      422,
      'There is a payment',
    );
    const path = page(order, '/decisions/return-payment');
    expect((await visitor.post(path, { reason })).location).to.equal(page(order, '?done=decided'));
    await Purchase.findOne({ where: { state: 'expired' }, rejectOnEmpty: true });
    expectRefusal(await visitor.post(path, { reason }), 422, 'not held for review any more');
    expect(world.stripe.ledger().refunds.map(({ amount }) => amount)).to.deep.equal([405]);
    expect((await Product.findByPk(plan.id))!.stock).to.equal(10);
    expect((await Coupon.findOne())!.usageCount).to.equal(0);
    expect(await audits('return_payment')).to.have.length(1);
  });

  it('a payment that goes back is not taken meanwhile, by a colleague or by Stripe’s word', async () => {
    const { session } = await startBuying(await aProduct());
    world.stripe.pay(session);
    const [intent] = world.stripe.ledger().paymentIntents;
    await Purchase.update(
      { state: 'review', reviewReason: 'Stripe does not know this payment', paymentIntent: intent!.id },
      { where: {} },
    );
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    const colleague = await aConfirmedAdmin();
    const path = page(order, '/decisions/return-payment');
    world.stripe.fault('refund-500');
    expect((await visitor.post(path, { reason })).status).to.equal(503);

    const refused = await colleague.visitor.post(page(order, '/payment/check'), {});
    expectRefusal(refused, 422, 'A colleague sends this payment back');
    await work();
    const purchase = await Purchase.findOne({ rejectOnEmpty: true });
    expect(purchase).to.include({ state: 'review', reviewReason: 'Staff sends the payment back' });
    const shown = await colleague.visitor.get(page(order));
    expect(shown.$('form[action$="/payment/check"]')).to.have.length(0);

    world.stripe.lift('refund-500');
    await colleague.visitor.post(path, { reason });
    expect((await purchase.reload()).state).to.equal('expired');
    await settleSession(purchase.stripeSessionId!);
    await work();
    expect((await purchase.reload()).state).to.equal('expired');
    expect(await order.reload()).to.include({ status: 'pending', paymentStatus: 'failed' });
    expect(world.airalo.ledger()).to.have.length(0);
    expect(world.stripe.ledger().refunds.map(({ amount }) => amount)).to.deep.equal([order.amountMinor]);
  });

  it('of a payment that partly went back the rest is sent, and once', async () => {
    const { session } = await startBuying(await aProduct());
    world.stripe.pay(session);
    const [intent] = world.stripe.ledger().paymentIntents;
    await Purchase.update(
      { state: 'review', reviewReason: 'Paid 500, not 450', paymentIntent: intent!.id },
      { where: {} },
    );
    const order = await onlyOrder();
    await stripe.refunds.create({ payment_intent: intent!.id, amount: 50 });
    const { visitor } = await aConfirmedAdmin();
    const path = page(order, '/decisions/return-payment');
    const amounts = () => world.stripe.ledger().refunds.map(({ amount }) => amount);
    world.stripe.fault('refund-pending');
    const done = await visitor.follow((await visitor.post(path, { reason })).location!);
    expect(done.text).to.contain('closes by itself when Stripe says');
    expect(amounts()).to.deep.equal([50, order.amountMinor - 50]);
    await visitor.post(path, { reason });
    expect(amounts()).to.have.length(2);
    expect((await visitor.get(page(order))).text).to.contain('All of it is back or on its way back already');
    const pending = world.stripe.ledger().refunds.find(({ status }) => status === 'pending');
    world.stripe.settleRefund(pending!.id, 'failed');
    const again = await visitor.follow((await visitor.post(path, { reason })).location!);
    expect(again.text).to.contain('The whole payment went back, and the purchase is closed');
    expect(amounts()).to.deep.equal([50, order.amountMinor - 50, order.amountMinor - 50]);
    expect((await Purchase.findOne())!.state).to.equal('expired');
    await work();
  });

  it('a payment that Stripe does not return says so', async () => {
    const { session } = await startBuying(await aProduct());
    world.stripe.pay(session, '4000000000000259');
    const [intent] = world.stripe.ledger().paymentIntents;
    await Purchase.update({ state: 'review', paymentIntent: intent!.id }, { where: {} });
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    const refused = await visitor.post(page(order, '/decisions/return-payment'), { reason });
    expectRefusal(refused, 422, 'Stripe refuses (charge_disputed)');
    expect(world.stripe.ledger().refunds).to.have.length(0);
    await work();
  });

  it('a payment that adds up after all is taken', async () => {
    const { session } = await startBuying(await aProduct());
    world.stripe.pay(session);
    await Purchase.update(
      { state: 'review', reviewReason: 'Stripe does not know this payment' },
      { where: {} },
    );
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    await visitor.post(page(order, '/payment/check'), {});
    await work();
    expect((await order.reload()).status).to.equal('completed');
    expect(await audits('accept_payment')).to.have.length(1);
    expectRefusal(await visitor.post(page(order, '/payment/check'), {}), 422, 'not held for review');
  });

  it('a purchase that Stripe knows nothing of is closed, and its eSIM goes back', async () => {
    const { plan } = { plan: await aProduct() };
    await startBuying(plan);
    await Purchase.update(
      { state: 'review', reviewReason: 'Stripe does not know this payment' },
      { where: {} },
    );
    const order = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    expectRefusal(await visitor.post(page(order, '/payment/check'), {}), 422, 'still does not add up');
    expectRefusal(
      await visitor.post(page(order, '/decisions/return-payment'), { reason }),
      422,
      'no payment',
    );
    await visitor.post(page(order, '/decisions/close-unpaid'), { reason });
    expect((await order.reload()).paymentStatus).to.equal('failed');
    expect((await plan.reload()).stock).to.equal(10);
  });
});
