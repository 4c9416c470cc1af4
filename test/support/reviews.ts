import type { CreationAttributes } from 'sequelize';
import { Review, type Product, type User } from '../../src/models/index.js';
import { aUser } from './factories.js';
import { aDeliveredOrder } from './orders.js';
import type { Visitor } from './visitor.js';

/** A review of a plan by somebody who bought it, as it waits. */
export async function aReview(
  plan: Product,
  { user, ...values }: Partial<CreationAttributes<Review>> & { user?: User } = {},
) {
  const { id: userId } = user ?? (await aUser());
  const order = await aDeliveredOrder(plan, { userId });
  return Review.create({
    orderId: order.id,
    userId,
    productId: plan.id,
    rating: 5,
    content: 'Worked everywhere.',
    ...values,
  });
}

export async function aShownReview(...of: Parameters<typeof aReview>) {
  return (await aReview(...of)).approve();
}

export const SAID = { rating: '4', title: 'Fast in Kyoto', content: 'Five bars everywhere.' };

type Fields = Record<string, string>;

/** A form as browsers send one with photos. */
export function reviewForm(fields: Fields = SAID, photos: (Buffer | File)[] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [index, photo] of photos.entries())
    form.append('photos', photo instanceof File ? photo : asFile(photo, `IMG_${index}.jpg`));
  return form;
}

export const asFile = (content: Buffer | string, name: string, type = 'image/jpeg') =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name, { type });

/** Sends the form to review a plan. */
export const sendReview = (visitor: Visitor, { slug }: Product, form = reviewForm(), query = '') =>
  visitor.send(`/products/${slug}/reviews${query}`, form);
