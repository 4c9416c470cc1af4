import { expect } from 'chai';
import { tx } from '../../src/database.js';
import { DAY, SECOND, clock } from '../../src/lib/clock.js';
import { Order, Review } from '../../src/models/index.js';
import { requestRefund } from '../../src/payments/request-refund.js';
import { aProduct } from '../support/factories.js';
import { aLoggedInMember, expectRefusal, PASSWORD } from '../support/members.js';
import { aPhoto, aPicture, forgetPhotos, keptPhotos } from '../support/photos.js';
import { aBuyer, aReviewBy, buyAs } from '../support/reviewers.js';
import { asFile, reviewForm, SAID, sendReview } from '../support/reviews.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

const theReview = () => Review.findOne({ rejectOnEmpty: true });

/** Nothing was written, and no file was left. */
async function expectNothing() {
  expect(await Review.count()).to.equal(0);
  expect(keptPhotos()).to.deep.equal([]);
}

describe('Writing a review', () => {
  beforeEach(forgetPhotos);

  it('is for the buyer, who then sees it wait for approval', async () => {
    const { plan, user, visitor } = await aBuyer();
    const form = await visitor.get(`/products/${plan.slug}/reviews/new`);
    expect(form.status).to.equal(200);
    expect(form.headers.get('Cache-Control')).to.equal('no-store');
    expect(form.$('form[enctype="multipart/form-data"]').attr('action')).to.equal(
      `/products/${plan.slug}/reviews`,
    );
    const sent = await sendReview(visitor, plan, reviewForm(SAID, [await aPhoto(), await aPhoto()]));
    expect([sent.status, sent.location]).to.deep.equal([303, '/account/reviews?done=received']);

    const { id: orderId } = await Order.findOne({ rejectOnEmpty: true });
    const review = await theReview();
    expect(review).to.include({ userId: user.id, productId: plan.id, orderId, rating: 4 });
    expect(review).to.include({
      title: 'Fast in Kyoto',
      content: 'Five bars everywhere.',
      isApproved: false,
    });
    expect(keptPhotos()).to.have.members(review.images!.map((address) => address.split('/').at(-1)));

    const mine = await visitor.get(sent.location!);
    expect(mine.text).to.contain('waiting for approval').and.contain('Fast in Kyoto');
    expect((await visitor.get(`/products/${plan.slug}`)).text).to.not.contain('Fast in Kyoto');
  });

  it('works without photos too, as a browser sends an empty field, and without a headline', async () => {
    const { plan, visitor } = await aBuyer();
    const form = reviewForm({ rating: '5', title: '  ', content: ' Worked.\r\n\r\nReally. ' }, [
      asFile('', '', 'application/octet-stream'),
    ]);
    expect((await sendReview(visitor, plan, form)).status).to.equal(303);
    expect(await theReview()).to.include({ title: null, content: 'Worked.\n\nReally.' });
    expect((await theReview()).images).to.deep.equal([]);
  });

  it('shows the form again with what was said, and a sentence beside each field', async () => {
    const { plan, visitor } = await aBuyer();
    const page = await sendReview(
      visitor,
      plan,
      reviewForm({ rating: '6', title: 'x'.repeat(101), content: '<b>Hi</b> '.repeat(150) }, [
        await aPhoto(),
      ]),
    );
    expect(page.status).to.equal(422);
    for (const field of ['rating', 'title', 'content'])
      expect(page.$(`[role=alert] a[href="#${field}"]`), field).to.have.length(1);
    expect(page.$('#title').val()).to.equal('x'.repeat(101));
    expect(page.$('#content').val()).to.contain('<b>Hi</b>');
    expect(page.$('#content').attr('aria-describedby')).to.contain('content-error');
    await expectNothing();
  });

  it('takes from the form what it says, and nothing else', async () => {
    const { plan, user, visitor } = await aBuyer();
    const mallory = await aBuyer();
    const other = await aReviewBy(mallory.user, mallory.plan);
    const forged = {
      ...SAID,
      is_approved: 'true',
      user: mallory.user.id,
      order: other.orderId,
      helpful_count: '99',
      is_verified: 'false',
    };
    expect((await sendReview(visitor, plan, reviewForm(forged))).status).to.equal(303);
    const review = await Review.findOne({ where: { productId: plan.id }, rejectOnEmpty: true });
    expect(review).to.include({ userId: user.id, isApproved: false, isVerified: true, helpfulCount: 0 });
    expect(review.orderId).to.not.equal(other.orderId);
  });

  it('keeps plain text: what hides, turns lines round or is no character is taken out', async () => {
    const { plan, visitor } = await aBuyer();
    const said = { rating: '3', title: 'A\u202Eb\u0000c', content: '<script>\u200B\u2066x\u0007 👩‍🚀' };
    expect((await sendReview(visitor, plan, reviewForm(said))).status).to.equal(303);
    expect(await theReview()).to.include({ title: 'A b c', content: '<script>x 👩‍🚀' });
  });

  it('is for nobody else: not for who did not buy it, got the money back, or did not log in', async () => {
    const { plan } = await aBuyer();
    const photo = reviewForm(SAID, [await aPhoto()]);
    const { visitor: stranger } = await aLoggedInMember();
    expectRefusal(await sendReview(stranger, plan, photo), 403, 'Only somebody who bought this plan');
    expectRefusal(await stranger.get(`/products/${plan.slug}/reviews/new`), 403, 'Only somebody who bought');

    const guest = await sendReview(new Visitor(), plan, photo);
    expect(guest.location).to.equal(`/login?next=%2Fproducts%2F${plan.slug}%2Freviews%2Fnew`);

    const returned = await aBuyer();
    const order = await Order.findOne({ where: { productId: returned.plan.id }, rejectOnEmpty: true });
    await tx(() => requestRefund(order, 'customer_request'));
    expectRefusal(await sendReview(returned.visitor, returned.plan, photo), 403, 'Only somebody who bought');
    await work();
    expect((await order.reload()).status).to.equal('refunded');
    expectRefusal(await sendReview(returned.visitor, returned.plan, photo), 403, 'Only somebody who bought');
    expect((await new Visitor().get('/products/no-such-plan/reviews/new')).status).to.equal(303);
    await expectNothing();
  });

  it('happens once: the second form is refused, and leaves no photo', async () => {
    const { plan, visitor } = await aBuyer();
    await sendReview(visitor, plan);
    const again = await sendReview(visitor, plan, reviewForm(SAID, [await aPhoto()]));
    expectRefusal(again, 422, 'You have already reviewed this plan');
    const form = await visitor.get(`/products/${plan.slug}/reviews/new`);
    expect(form.location).to.equal('/account/reviews?done=received');
    expect(await Review.count()).to.equal(1);
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('happens once, also when the form is sent several times at once', async () => {
    const { plan, visitor } = await aBuyer();
    const photo = await aPhoto();
    const pages = await Promise.all(
      [1, 2, 3].map(() => sendReview(visitor, plan, reviewForm(SAID, [photo]))),
    );
    expect(pages.map(({ status }) => status)).to.have.members([303, 422, 422]);
    expect(await Review.count()).to.equal(1);
    expect(keptPhotos()).to.have.length(1);
  });

  it('is refused from another site before anything is read, and has a limit', async () => {
    const { plan, visitor } = await aBuyer();
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    const page = await visitor.send(`/products/${plan.slug}/reviews`, reviewForm(), headers);
    expectRefusal(page, 403, 'another site');
    const bad = reviewForm({ rating: '', content: '' });
    for (let tries = 0; tries < 10; tries += 1) await sendReview(visitor, plan, bad);
    expectRefusal(await sendReview(visitor, plan), 429, 'Too many tries');
    await expectNothing();
  });
});

describe('A photo of a review', () => {
  beforeEach(forgetPhotos);

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';

  it('is refused with a sentence when it is none, and the form is kept', async () => {
    const { plan, visitor } = await aBuyer();
    const jpeg = await aPicture(600, 600).jpeg().toBuffer();
    const cases: Record<string, Buffer | string> = {
      'an SVG': svg,
      'an SVG that is called .jpg': `<?xml version="1.0"?>${svg}`,
      'HTML that is called .jpg': '<!doctype html><script>alert(1)</script>',
      'HTML behind the first bytes of a JPEG': Buffer.concat([
        Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
        Buffer.from('<script>alert(1)</script>'.repeat(20)),
      ]),
      'a GIF': await aPicture(9, 9).gif().toBuffer(),
      'a PDF': '%PDF-1.7\n1 0 obj\n',
      'a damaged JPEG': jpeg.subarray(0, jpeg.length >> 1),
    };
    for (const [what, content] of Object.entries(cases)) {
      const form = reviewForm(SAID, [await aPhoto(), asFile(content, 'holiday.jpg')]);
      const page = await sendReview(visitor, plan, form);
      expectRefusal(page, 422, 'We could not read one of the photos');
      expect(page.$('#content').val(), what).to.equal(SAID.content);
      expect(page.$('#photos-error'), what).to.have.length(1);
      await expectNothing();
      clock.advance(DAY);
    }
  });

  it('is refused when it is too heavy, too large, or one too many', async () => {
    const { plan, visitor } = await aBuyer();
    const heavy = Buffer.concat([await aPhoto(), Buffer.alloc(6 * 1024 * 1024)]);
    const large = await aPicture(10_000, 5_000).jpeg({ quality: 1 }).toBuffer();
    const photo = await aPhoto();
    for (const [photos, status, sentence] of [
      [[photo, heavy], 413, 'up to 5 MB'],
      [[photo, large], 422, 'up to 40 megapixels'],
      [[photo, photo, photo, photo], 422, 'up to 3 photos'],
    ] as const) {
      const page = await sendReview(visitor, plan, reviewForm(SAID, [...photos]));
      expectRefusal(page, status, sentence);
      expect(page.$('[role=alert] a[href="#photos"]')).to.have.length(1);
      expect(page.$('#title').val()).to.equal(SAID.title);
      await expectNothing();
    }
  });

  it('comes in a form that can be read, or status 400 says so', async () => {
    const { plan, visitor } = await aBuyer();
    const broken = (body: string, type = 'multipart/form-data; boundary=x') =>
      visitor.request(`/products/${plan.slug}/reviews`, {
        method: 'POST',
        body,
        headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type },
      });
    const field = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    for (const page of Object.values({
      'no end': broken(field('rating', '5')),
      'no boundary': broken(field('rating', '5'), 'multipart/form-data'),
      'a headless part': broken('--x\r\nrubbish\r\n--x--\r\n'),
      'too many fields': broken(`${field('a', '1').repeat(20)}--x--\r\n`),
      'a nested name': broken(`${field('a[b]', '1')}--x--\r\n`),
      'a polluting name': broken(`${field('__proto__[x]', '1')}--x--\r\n`),
      'a long name': broken(`${field('n'.repeat(200), '1')}--x--\r\n`),
      'a long value': broken(`${field('content', 'n'.repeat(40_000))}--x--\r\n`),
      'a file in another field': broken(
        `--x\r\nContent-Disposition: form-data; name="avatar"; filename="a.jpg"\r\n\r\nrubbish\r\n--x--\r\n`,
      ),
    }))
      expectRefusal(await page, 400, 'We could not read that request');
    await expectNothing();
    expect(({} as { x?: string }).x).to.equal(undefined);
  });
});

describe('My reviews', () => {
  beforeEach(forgetPhotos);

  it('lists what is bought and not reviewed, each plan once, and what is written with its state', async () => {
    const { plan, user, visitor } = await aBuyer();
    await buyAs(visitor, plan);
    const page = await visitor.get('/account/reviews');
    expect(page.$(`a[href="/products/${plan.slug}/reviews/new"]`)).to.have.length(1);
    expect((await visitor.get('/account')).$('a[href="/account/reviews"]')).to.have.length(1);

    const others = [await aProduct(), await aProduct()];
    for (const other of others) await buyAs(visitor, other);
    await (await aReviewBy(user, others[0]!)).approve();
    await (await aReviewBy(user, others[1]!)).reject('It is about another shop.', user.id);
    await sendReview(visitor, plan);
    const after = await visitor.get('/account/reviews');
    expect(after.$(`a[href="/products/${plan.slug}/reviews/new"]`)).to.have.length(0);
    expect(after.$('.badge').text())
      .to.contain('Waiting for approval')
      .and.contain('Shown')
      .and.contain('Not shown');
    expect(after.text).to.contain('It is about another shop.');
  });

  it('says what to do when there is nothing', async () => {
    const { visitor } = await aLoggedInMember();
    expect((await visitor.get('/account/reviews')).text).to.contain('You have not written a review yet');
  });

  it('are changed for a day: words and photos, and are approved anew', async () => {
    const { plan, visitor } = await aBuyer();
    await sendReview(visitor, plan, reviewForm(SAID, [await aPhoto(), await aPhoto()]));
    const review = await (await theReview()).approve();
    const [kept, dropped] = review.images!;
    const form = await visitor.get(`/account/reviews/${review.id}`);
    expect(form.$('#content').val()).to.equal(SAID.content);
    expect(form.$('input[name=rating][checked]').val()).to.equal('4');
    expect(form.$('input[name=remove_photos]')).to.have.length(2);

    const changed = reviewForm({ ...SAID, content: 'Slow after all.', remove_photos: dropped! }, [
      await aPhoto(),
    ]);
    const sent = await visitor.send(`/account/reviews/${review.id}`, changed);
    expect(sent.location).to.equal('/account/reviews?done=changed');
    expect(await review.reload()).to.include({ content: 'Slow after all.', isApproved: false });
    expect(review.images).to.have.length(2).and.include(kept).and.not.include(dropped);
    expect(keptPhotos()).to.have.members(review.images!.map((address) => address.split('/').at(-1)));

    const tooMany = reviewForm(SAID, [await aPhoto(), await aPhoto()]);
    const refused = await visitor.send(`/account/reviews/${review.id}`, tooMany);
    expectRefusal(refused, 422, 'up to 3 photos');
    expect(keptPhotos()).to.have.length(2);
  });

  it('are not changed after a day, by the clock of the shop', async () => {
    const { plan, visitor } = await aBuyer();
    await sendReview(visitor, plan);
    const { id } = await (await theReview()).approve();
    clock.advance(DAY + SECOND);
    expect((await visitor.get('/account/reviews')).$(`a[href="/account/reviews/${id}"]`)).to.have.length(0);
    expectRefusal(await visitor.get(`/account/reviews/${id}`), 403, 'can be changed for 24 hours');
    const late = await visitor.send(`/account/reviews/${id}`, reviewForm(SAID, [await aPhoto()]));
    expectRefusal(late, 403, 'can be changed for 24 hours');
    expect(await theReview()).to.include({ isApproved: true });
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('are removed with their photos after a question, and may be written again', async () => {
    const { plan, visitor } = await aBuyer();
    await sendReview(visitor, plan, reviewForm(SAID, [await aPhoto()]));
    const { id } = await theReview();
    const question = await visitor.get(`/account/reviews/${id}/removal`);
    expect(question.text).to.contain('Remove my review?').and.contain(plan.name);
    expect(await Review.count()).to.equal(1);
    const done = await visitor.post(`/account/reviews/${id}/removal`, {});
    expect(done.location).to.equal('/account/reviews?done=removed');
    await expectNothing();
    expect((await sendReview(visitor, plan)).status).to.equal(303);
  });

  it('are nobody else’s to read, change or remove', async () => {
    const { plan, user } = await aBuyer();
    const review = await aReviewBy(user, plan);
    const { visitor: mallory } = await aLoggedInMember();
    const path = `/account/reviews/${review.id}`;
    expect((await mallory.get(path)).status).to.equal(404);
    expect((await mallory.get(`${path}/removal`)).status).to.equal(404);
    expect((await mallory.send(path, reviewForm(SAID, [await aPhoto()]))).status).to.equal(404);
    expect((await mallory.post(`${path}/removal`, {})).status).to.equal(404);
    expect((await review.reload()).content).to.equal('Mine alone.');
    expect(keptPhotos()).to.deep.equal([]);
  });

  it('need no second log-in on the way to the form', async () => {
    const { plan, user } = await aBuyer();
    const visitor = new Visitor();
    const { location } = await visitor.get(`/products/${plan.slug}/reviews/new`);
    const next = new URL(location!, 'http://shop').searchParams.get('next')!;
    const back = await visitor.post('/login', { email: user.email, password: PASSWORD, next });
    expect(back.location).to.equal(`/products/${plan.slug}/reviews/new`);
    expect((await visitor.get(back.location!)).status).to.equal(200);
  });
});
