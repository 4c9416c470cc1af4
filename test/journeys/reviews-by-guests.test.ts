import { expect } from 'chai';
import { DAY, HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { tx } from '../../src/database.js';
import { EmailLog, Order, OrderLink, Review, User, type Product } from '../../src/models/index.js';
import { requestRefund } from '../../src/payments/request-refund.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import {
  aLoggedInMember,
  expectRefusal,
  isLoggedIn,
  linkTo,
  mailTo,
  NEW_ADDRESS,
  PASSWORD,
  register,
  tokenIn,
} from '../support/members.js';
import { aPhoto, forgetPhotos, keptPhotos } from '../support/photos.js';
import { aBuyer, aReviewBy, buyAs } from '../support/reviewers.js';
import { reviewForm, SAID, sendReview } from '../support/reviews.js';
import { subjects } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const WEEK = 7 * DAY;
const { mailbox } = world;

const ALICE = 'alice@example.com';
const theReview = () => Review.findOne({ rejectOnEmpty: true });
const invitations = () => mailbox.mails().filter(({ subject }) => subject.startsWith('How was'));
const queued = () => EmailLog.count({ where: { kind: 'review_invitation', status: 'queued' } });

/** Somebody who bought without an account, and the link in the mail a week later. */
async function anInvitedGuest(plan?: Product, email = ALICE) {
  const bought = plan ?? (await aProduct());
  const guest = new Visitor();
  await buyAs(guest, bought, email);
  await workAfter(WEEK + MINUTE);
  const link = await linkTo(email);
  return { plan: bought, guest, link, query: `?token=${tokenIn(link)}` };
}

describe('The invitation to review', () => {
  it('comes a week after the delivery, once, to guests and to accounts', async () => {
    const [plan, guest] = [await aProduct(), new Visitor()];
    await buyAs(guest, plan);
    const { plan: other, user } = await aBuyer();
    await workAfter(6 * DAY);
    expect(invitations()).to.deep.equal([]);
    await workAfter(DAY + MINUTE);
    expect(invitations().map(({ subject }) => subject)).to.have.members([
      `How was ${plan.name}?`,
      `How was ${other.name}?`,
    ]);
    expect(user.email).to.not.equal(ALICE);
    await workAfter(30 * DAY);
    expect(invitations()).to.have.length(2);
    expect(await queued()).to.equal(0);
  });

  it('keeps only the hash of its token, and says that we ask once', async () => {
    const { link } = await anInvitedGuest();
    const mail = await mailTo(ALICE);
    expect(mail.text).to.contain('We ask once');
    const stored = JSON.stringify([await EmailLog.findAll(), await OrderLink.findAll()]);
    expect(stored).to.not.contain(tokenIn(link));
  });

  it('is one for several eSIMs of a plan that were bought together', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    await guest.put(plan, 3);
    world.stripe.pay(await guest.startPaying());
    await work();
    expect(await queued()).to.equal(3);
    await workAfter(WEEK + MINUTE);
    expect(invitations()).to.have.length(1);
    expect(await queued()).to.equal(0);
  });

  it('is not sent about what was reviewed, given back, held or closed meanwhile', async () => {
    const reviewed = await aBuyer();
    await aReviewBy(reviewed.user, reviewed.plan);
    const closed = await aBuyer();
    await closed.visitor.post('/account/closing', { password: PASSWORD });
    await buyAs(new Visitor(), await aProduct());
    const last = await Order.findOne({ order: [['created', 'DESC']], rejectOnEmpty: true });
    await tx(() => requestRefund(last, 'customer_request'));
    await buyAs(new Visitor(), await aProduct());
    const held = await Order.findOne({ order: [['created', 'DESC']], rejectOnEmpty: true });
    await held.update({ holdReason: 'dispute' });
    await work();
    await workAfter(WEEK + HOUR);
    expect(invitations()).to.deep.equal([]);
    expect(await EmailLog.count({ where: { kind: 'review_invitation' } })).to.equal(0);
  });

  it('is tried for two days from the day when it was due', async () => {
    await buyAs(new Visitor(), await aProduct());
    mailbox.fault('reject-451', 1000);
    await workAfter(WEEK + HOUR);
    const mail = () => EmailLog.findOne({ where: { kind: 'review_invitation' }, rejectOnEmpty: true });
    expect((await mail()).status).to.equal('queued');
    mailbox.lift('reject-451');
    await workAfter(HOUR);
    expect((await mail()).status).to.equal('sent');
  });

  it('is given up after these two days, and nobody needs to act', async () => {
    await buyAs(new Visitor(), await aProduct());
    mailbox.fault('reject-451', 1000);
    await workAfter(WEEK + HOUR);
    await workAfter(2 * DAY);
    const mail = await EmailLog.findOne({ where: { kind: 'review_invitation' }, rejectOnEmpty: true });
    expect(mail.status).to.equal('failed');
  });
});

describe('A guest’s review', () => {
  beforeEach(forgetPhotos);

  it('needs the link alone, and makes the mailbox an account without a password', async () => {
    const { plan, link, query } = await anInvitedGuest();
    const reader = new Visitor();
    const form = await reader.get(link);
    expect(form.status).to.equal(200);
    expect(form.headers.get('Referrer-Policy')).to.equal('strict-origin');
    expect(form.headers.get('Cache-Control')).to.equal('no-store');
    expect(form.$('form[enctype="multipart/form-data"]').attr('action')).to.equal(
      `/products/${plan.slug}/reviews${query}`,
    );
    const sent = await sendReview(reader, plan, reviewForm(SAID, [await aPhoto()]), query);
    expect(sent.location).to.equal(`/products/${plan.slug}/reviews/received`);
    expect((await reader.get(sent.location!)).text).to.contain('waiting for approval');
    expect(await isLoggedIn(reader)).to.equal(false);

    const user = await User.findOne({ where: { email: ALICE }, rejectOnEmpty: true });
    expect(user).to.include({ verified: true, passwordHash: null, name: null, role: 'customer' });
    const order = await Order.findOne({ rejectOnEmpty: true });
    expect(order.userId).to.equal(user.id);
    expect(await theReview()).to.include({ userId: user.id, orderId: order.id, isApproved: false });
    expect(keptPhotos()).to.have.length(1);
  });

  it('goes to the account that the address has, and nobody is logged in by it', async () => {
    const { plan, query } = await anInvitedGuest();
    const { user } = await aLoggedInMember({ email: ALICE, name: 'Alice' });
    const reader = new Visitor();
    await sendReview(reader, plan, reviewForm(), query);
    expect((await theReview()).userId).to.equal(user.id);
    expect((await user.reload()).passwordHash).to.be.a('string');
    expect(await isLoggedIn(reader)).to.equal(false);
  });

  it('takes an unconfirmed account over: what a stranger may have typed there no longer works', async () => {
    const { plan, query } = await anInvitedGuest(undefined, NEW_ADDRESS);
    await register(new Visitor(), { name: 'Mallory' });
    const confirmation = await linkTo(NEW_ADDRESS);
    await sendReview(new Visitor(), plan, reviewForm(), query);
    const user = await User.findOne({ where: { email: NEW_ADDRESS }, rejectOnEmpty: true });
    expect(user).to.include({ verified: true, passwordHash: null, name: null, sessionEpoch: 1 });
    const mallory = new Visitor();
    expect((await mallory.post('/login', { email: NEW_ADDRESS, password: PASSWORD })).status).to.equal(422);
    expect((await mallory.get(confirmation)).status).to.equal(410);
  });

  it('can be changed with a password, which the mail after registering leads to', async () => {
    const { plan, query } = await anInvitedGuest(undefined, NEW_ADDRESS);
    await sendReview(new Visitor(), plan, reviewForm(), query);
    const reader = new Visitor();
    expect((await register(reader)).location).to.equal('/verify-email?done=mailed');
    const mail = await mailTo(NEW_ADDRESS);
    expect(subjects().at(-1)).to.equal('You already have an account with us');
    expect(mail.text).to.contain('it has no password yet');
    const link = await linkTo(NEW_ADDRESS);
    expect(link).to.match(/^\/password-reset\?token=/);
    expect((await reader.post('/login', { email: NEW_ADDRESS, password: PASSWORD })).status).to.equal(422);
    const set = await reader.post('/password-reset/new', { token: tokenIn(link), password: PASSWORD });
    expect(set.location).to.equal('/account?done=reset');
    const { id } = await theReview();
    expect((await reader.get('/account/reviews')).$(`a[href="/account/reviews/${id}"]`)).to.have.length(1);
  });

  it('happens once: the link then says thank you, and a second form is refused', async () => {
    const { plan, link, query } = await anInvitedGuest();
    await sendReview(new Visitor(), plan, reviewForm(), query);
    expect((await new Visitor().get(link)).location).to.equal(`/products/${plan.slug}/reviews/received`);
    const again = await sendReview(new Visitor(), plan, reviewForm(SAID, [await aPhoto()]), query);
    expectRefusal(again, 422, 'You have already reviewed this plan');
    expect(await Review.count()).to.equal(1);
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('happens once, and makes one account, also when sent twice at once', async () => {
    const { plan, query } = await anInvitedGuest();
    const pages = await Promise.all(
      [1, 2, 3].map(() => sendReview(new Visitor(), plan, reviewForm(), query)),
    );
    expect(pages.map(({ status }) => status)).to.have.members([303, 422, 422]);
    expect(await User.count()).to.equal(1);
  });

  it('needs a link that is whole, of this plan, not expired, and of an order that was kept', async () => {
    const { plan, query, link } = await anInvitedGuest();
    const [other, reader] = [await aProduct(), new Visitor()];
    const sentence = 'This link does not lead to a review any more';
    expectRefusal(await sendReview(reader, other, reviewForm(), query), 404, sentence);
    expectRefusal(await sendReview(reader, plan, reviewForm(), `${query}x`), 404, sentence);
    expectRefusal(await reader.get(`/products/${plan.slug}/reviews/new?token=short`), 404, sentence);

    const order = await Order.findOne({ rejectOnEmpty: true });
    await OrderLink.update({ revokedAt: clock.now() }, { where: {} });
    expectRefusal(await reader.get(link), 404, sentence);
    await OrderLink.update({ revokedAt: null }, { where: {} });
    expect((await reader.get(link)).status).to.equal(200);
    await tx(() => requestRefund(order, 'customer_request'));
    expectRefusal(await sendReview(reader, plan, reviewForm(SAID, [await aPhoto()]), query), 404, sentence);
    await work();
    await workAfter(90 * DAY);
    expectRefusal(await reader.get(link), 404, sentence);
    expect(await Review.count()).to.equal(0);
    expect(await User.count()).to.equal(0);
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('makes no account when its form is refused', async () => {
    const { plan, query } = await anInvitedGuest();
    const page = await sendReview(new Visitor(), plan, reviewForm({ rating: '', content: '' }), query);
    expect(page.status).to.equal(422);
    expect(page.$('form[enctype="multipart/form-data"]').attr('action')).to.contain(query);
    const unreadable = reviewForm(SAID, [Buffer.from('no photo')]);
    expect((await sendReview(new Visitor(), plan, unreadable, query)).status).to.equal(422);
    expect(await User.count()).to.equal(0);
  });
});
