import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { Review, type User } from '../../src/models/index.js';
import { FOLDER } from '../../src/reviews/photo-files.js';
import { keptOrders } from '../../src/reviews/who-may-review.js';
import { writeReview } from '../../src/reviews/write.js';
import { shopUrl } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { aLoggedInMember, aMember, logIn } from '../support/members.js';
import { aDeliveredOrder } from '../support/orders.js';
import { aPhoto, aPicture, forgetPhotos } from '../support/photos.js';
import { Visitor } from '../support/visitor.js';

/** A review with photos, waiting. */
async function aReviewWith(photos: Buffer[], user: User) {
  const { id } = await aDeliveredOrder(await aProduct(), { userId: user.id });
  const [order] = await keptOrders({ id });
  await writeReview(order!, { rating: 5, title: null, content: 'Look!' }, photos);
  return Review.findOne({ where: { orderId: id }, rejectOnEmpty: true });
}

const bytesOf = async (path: string) => Buffer.from(await (await fetch(shopUrl + path)).arrayBuffer());

describe('A photo of a review', () => {
  beforeEach(forgetPhotos);

  it('is a WebP of at most 1,600 pixels that says nothing of where it was taken', async () => {
    const review = await aReviewWith([await aPhoto(4000, 3000)], await aMember());
    await review.approve();
    const picture = await bytesOf(review.images![0]!);
    const { format, width, height, exif, xmp, iptc } = await sharp(picture).metadata();
    expect({ format, width, height }).to.deep.equal({ format: 'webp', width: 1600, height: 1200 });
    expect([exif, xmp, iptc]).to.deep.equal([undefined, undefined, undefined]);
    expect(picture.includes('Phone of Alice')).to.equal(false);
  });

  it('is upright, is not blown up, and may come as PNG, WebP or AVIF under any name', async () => {
    const turned = await aPicture(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const photos = [
      turned,
      await aPicture(60, 40).png().toBuffer(),
      await aPicture(60, 40).avif({ effort: 0 }).toBuffer(),
    ];
    const review = await aReviewWith(photos, await aMember());
    await review.approve();
    const sizes = await Promise.all(
      review.images!.map(async (address) => {
        const { width, height } = await sharp(await bytesOf(address)).metadata();
        return `${width}×${height}`;
      }),
    );
    expect(sizes).to.deep.equal(['40×60', '60×40', '60×40']);
  });

  it('is served as a picture and as nothing else', async () => {
    const review = await aReviewWith([await aPhoto()], await aMember());
    await review.approve();
    const { status, headers } = await new Visitor().get(review.images![0]!);
    expect(status).to.equal(200);
    expect(headers.get('Content-Type')).to.equal('image/webp');
    expect(headers.get('Content-Disposition')).to.equal('inline');
    expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
    expect(headers.get('Content-Security-Policy')).to.equal("default-src 'none'; sandbox");
    expect(headers.get('Cache-Control')).to.equal('public, max-age=86400');
    expect(headers.get('Set-Cookie')).to.equal(null);
  });

  it('of a review that is not shown is its writer’s and the staff’s alone, and kept by nobody', async () => {
    const { user, visitor } = await aLoggedInMember();
    const { visitor: stranger } = await aLoggedInMember();
    const support = new Visitor();
    await logIn(support, await aMember({ role: 'support' }));
    const review = await aReviewWith([await aPhoto()], user);
    const [address] = review.images!;
    const statuses = () =>
      Promise.all(
        [visitor, support, stranger, new Visitor()].map(async (one) => (await one.get(address!)).status),
      );
    expect(await statuses()).to.deep.equal([200, 200, 404, 404]);
    expect((await visitor.get(address!)).headers.get('Cache-Control')).to.equal('private, no-store');
    await review.approve();
    expect(await statuses()).to.deep.equal([200, 200, 200, 200]);
    await review.reject('Somebody else is on it.', user.id);
    expect(await statuses()).to.deep.equal([200, 200, 404, 404]);
  });

  it('leads to no other file, and is gone with its review', async () => {
    const { visitor } = await aLoggedInMember();
    const review = await aReviewWith([await aPhoto()], await aMember());
    await review.approve();
    const [address] = review.images!;
    writeFileSync(join(FOLDER, `${review.id}-aaaaaaaaaaaaaaa.webp`), 'unnamed');
    for (const name of [
      `${review.id}-aaaaaaaaaaaaaaa.webp`,
      `${address!.split('/').at(-1)}.part`,
      '..%2f..%2fshop.db',
      '%2e%2e/shop.db',
      'a.webp',
      `${'a'.repeat(15)}-${'a'.repeat(15)}.webp`,
    ])
      expect((await visitor.get(`/reviews/photos/${name}`)).status, name).to.equal(404);
    forgetPhotos();
    expect((await visitor.get(address!)).status).to.equal(404);
    await review.destroy();
    expect((await visitor.get(address!)).status).to.equal(404);
  });
});
