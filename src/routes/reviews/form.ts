import type { Request } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { oneLine, plainText } from '../../lib/plain-text.js';
import type { ReviewText } from '../../reviews/write.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';

/** What such a form is read from: the middleware photo-upload has been there before. */
type Sent = Pick<Request, 'body' | 'photosRefused'>;

const characters = (text: string) => Array.from(text).length;

/** Nothing else of what is sent is ever looked at. */
const Form = z.object({
  rating: z
    .string('errors.review.rating')
    .regex(/^[1-5]$/, 'errors.review.rating')
    .transform(Number),
  title: z
    .string('errors.review.title')
    .default('')
    .transform(oneLine)
    .refine((title) => characters(title) <= 100, 'errors.review.title')
    .transform((title) => title || null),
  content: z
    .string('errors.review.content')
    .transform(plainText)
    .refine((content) => content !== '' && characters(content) <= 1000, 'errors.review.content'),
});

/** What a form about a review says, or what is wrong with it, its photos included. */
export function readReview(req: Sent): { said: ReviewText | null; errors: FieldErrors } {
  const { data, errors } = checkForm(Form, req.body);
  if (!req.photosRefused) return { said: data, errors };
  return { said: null, errors: { ...errors, photos: req.photosRefused.key } };
}

/** The sentence of a refusal that is about one field belongs beside it; null for any other. */
export function errorsOf(refusal: unknown): FieldErrors | null {
  if (!(refusal instanceof ShopError)) return null;
  const { field } = refusal as { field?: string };
  return field === 'photos' ? { photos: refusal.key } : null;
}

export const typedReview = ({ body }: Sent) => ({
  ...typedValues(body, ['rating', 'title']),
  ...typedValues(body, ['content'], 5000),
});
