import { accountOfMailbox, wasMadeMeanwhile } from '../accounts/mailbox-account.js';
import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken, ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { Review, type Order, type User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { MOST_PHOTOS, removePhotos, withPhotos } from './photo-files.js';

export interface ReviewText {
  rating: number;
  title: string | null;
  content: string;
}

/**
 * Writes the review of an order that may be reviewed (who-may-review.ts), for the account that bought it; what a guest
 * bought goes to the account of the mailbox that the order was mailed to. Throws RuleBroken.
 */
export async function writeReview(order: Order, said: ReviewText, photos: readonly Buffer[]): Promise<void> {
  const id = newId();
  await withPhotos(id, photos, async (images) => {
    const write = () => tx(() => create(id, order, said, images));
    try {
      await write();
    } catch (error) {
      if (isDuplicate(error, 'reviews', 'user')) throw new RuleBroken('errors.review.twice');
      if (!wasMadeMeanwhile(error)) throw error;
      await write();
    }
  });
}

async function create(id: string, order: Order, said: ReviewText, images: string[]) {
  const userId = order.userId ?? (await guestAccount(order)).id;
  const { id: orderId, productId } = order;
  await Review.create({ id, orderId, userId, productId, ...said, images, created: clock.date() });
}

/** The link to the form was mailed there; an address that the purchase is not known by proves nothing of it. */
function guestAccount({ customerEmail, purchase }: Order): Promise<User> {
  const email = canonicalEmail(customerEmail);
  if (purchase!.canonicalEmail !== email) throw new NotFound('errors.review.linkOver');
  return accountOfMailbox(email, purchase!.language);
}

/** Somebody's own review. Throws NotFound. */
export const ownReview = (user: User, id: string) =>
  Review.findOne({
    where: { id, userId: user.id },
    include: 'product',
    rejectOnEmpty: new NotFound(),
  });

/** Throws with status 403 once the 24 hours are over. */
export function checkEditable(review: Review) {
  if (!review.editable()) throw new ShopError(403, 'errors.review.tooLate');
}

/**
 * Changes somebody's own review, which is then approved anew. `dropped` are addresses of its photos. Throws NotFound,
 * RuleBroken, or with status 403 when it is too late.
 */
export async function editReview(
  user: User,
  id: string,
  said: ReviewText,
  { added, dropped }: { added: readonly Buffer[]; dropped: readonly string[] },
) {
  const gone = await withPhotos(id, added, (fresh) =>
    tx(async () => {
      const review = await lockedReview(user, id);
      checkEditable(review);
      const before = review.images ?? [];
      const images = [...before.filter((address) => !dropped.includes(address)), ...fresh];
      if (images.length > MOST_PHOTOS) throw new RuleBroken('errors.review.photosTooMany', {}, 'photos');
      await review.update({ ...said, images });
      return before.filter((address) => !images.includes(address));
    }),
  );
  await removePhotos(gone);
}

/** Takes somebody's own review out, with its votes and photos. Throws NotFound. */
export async function removeReview(user: User, id: string) {
  const photos = await tx(async () => {
    const review = await lockedReview(user, id);
    await review.destroy();
    return review.images ?? [];
  });
  await removePhotos(photos);
}

const lockedReview = (user: User, id: string) =>
  Review.findOne({ where: { id, userId: user.id }, ...forUpdate, rejectOnEmpty: new NotFound() });
