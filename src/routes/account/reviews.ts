import { Router, type NextFunction, type Request, type Response } from 'express';
import { limited } from '../../middleware/limits.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { photosOf, photoUpload } from '../../middleware/photo-upload.js';
import { words } from '../../middleware/words.js';
import type { Review } from '../../models/index.js';
import { reviewsBy } from '../../reviews/own.js';
import { plansToReview } from '../../reviews/who-may-review.js';
import { checkEditable, editReview, ownReview, removeReview } from '../../reviews/write.js';
import { sent, type FieldErrors } from '../form.js';
import { errorsOf, readReview, typedReview } from '../reviews/form.js';

/** What somebody said of the plans that they bought, and what they have yet to say. */
export const accountReviews = Router();

const DONE = ['received', 'changed', 'removed'] as const;

accountReviews.get('/account/reviews', loggedIn, async (req, res) => {
  const [list, plans] = await Promise.all([
    reviewsBy(req.user!, sent(req.query, 'before')),
    plansToReview(req.user!),
  ]);
  res.render('account/reviews', {
    title: words(res).t('reviews.mineTitle'),
    ...list,
    plans,
    done: DONE.find((done) => done === req.query.done) ?? null,
    noindex: true,
  });
});

accountReviews.get('/account/reviews/:id', loggedIn, editable, (_req, res) => {
  const { rating, title, content } = reviewIn(res);
  showForm(res, { rating: String(rating), title: title ?? '', content });
});

accountReviews.post(
  '/account/reviews/:id',
  loggedIn,
  editable,
  limited('review'),
  photoUpload,
  async (req, res) => {
    const { said, errors } = readReview(req);
    if (!said) return showAgain(req, res.status(req.photosRefused?.status ?? 422), errors);
    const photos = { added: photosOf(req), dropped: droppedIn(req) };
    try {
      await editReview(req.user!, req.params.id, said, photos);
    } catch (error) {
      const ofPhotos = errorsOf(error);
      if (!ofPhotos) throw error;
      return showAgain(req, res.status(422), ofPhotos);
    }
    res.redirect(303, '/account/reviews?done=changed');
  },
);

accountReviews.get('/account/reviews/:id/removal', loggedIn, async (req, res) => {
  const review = await ownReview(req.user!, req.params.id);
  res.render('reviews/removal', { title: words(res).t('reviews.removeTitle'), review, noindex: true });
});

accountReviews.post('/account/reviews/:id/removal', loggedIn, async (req, res) => {
  await removeReview(req.user!, req.params.id);
  res.redirect(303, '/account/reviews?done=removed');
});

/** Somebody's own review, while it can be changed: looked up before anything of a form is read. */
async function editable(req: Request<{ id: string }>, res: Response, next: NextFunction) {
  const review = await ownReview(req.user!, req.params.id);
  checkEditable(review);
  res.locals.review = review;
  next();
}

const reviewIn = (res: Response) => res.locals.review as Review;

/** The boxes beside the photos; their values are addresses. */
function droppedIn({ body }: Pick<Request, 'body'>): string[] {
  const { remove_photos: ticked = [] } = (body ?? {}) as { remove_photos?: unknown };
  return [ticked].flat().filter((address) => typeof address === 'string');
}

const showAgain = (req: Request<{ id: string }>, res: Response, errors: FieldErrors) =>
  showForm(res, typedReview(req), errors, droppedIn(req));

function showForm(res: Response, typed: object, errors: FieldErrors = {}, dropped: string[] = []) {
  const review = reviewIn(res);
  res.render('reviews/edit', {
    title: words(res).t('reviews.editTitle'),
    action: `/account/reviews/${review.id}`,
    review,
    photos: review.images ?? [],
    typed,
    errors,
    dropped,
    noindex: true,
  });
}
