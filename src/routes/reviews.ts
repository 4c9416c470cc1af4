import { Router } from 'express';
import { planBySlug } from '../catalogue/plans.js';
import { NotFound } from '../errors.js';
import { wantsFragment } from '../middleware/page-values.js';
import { revalidated } from '../middleware/revalidated.js';
import { words } from '../middleware/words.js';
import { Review } from '../models/index.js';
import { REVIEW_SORTS, addressOf, readChoice, reviewsOf } from '../reviews/list.js';
import { FOLDER, reviewIn } from '../reviews/photo-files.js';

/** What buyers say of a plan, and their photos. */
export const reviews = Router();

const PER_PAGE = 10;

reviews.get('/products/:slug/reviews', revalidated, async (req, res) => {
  const plan = await planBySlug(req.params.slug);
  const choice = readChoice(req.query);
  const list = await reviewsOf(plan, choice, PER_PAGE, req.user);
  const values = { list, sorts: REVIEW_SORTS, addressOf };
  if (wantsFragment(req, res)) return res.render('reviews/_section', values);
  res.render('reviews/index', {
    ...values,
    title: words(res).t('reviews.listTitle', { name: plan.name }),
    // One of many orders of the same list.
    noindex: Object.keys(req.query).length > 0,
  });
});

const FOR_EVERYBODY = 'public, max-age=86400';
const FOR_ONE = 'private, no-store';

/** Fixed in type, and without any power of a page: whatever got into the file, it is a picture. */
reviews.get('/reviews/photos/:name', async (req, res) => {
  const { name } = req.params;
  const id = reviewIn(name);
  const review = id && (await Review.findByPk(id, { attributes: ['userId', 'isApproved', 'images'] }));
  const isNamed = review && review.images?.includes(`/reviews/photos/${name}`);
  const mayLook = review && (review.isApproved || review.userId === req.user?.id || req.user?.isStaff());
  if (!isNamed || !mayLook) throw new NotFound();
  res.set({
    'Content-Type': 'image/webp',
    'Content-Disposition': 'inline',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': review.isApproved ? FOR_EVERYBODY : FOR_ONE,
  });
  await new Promise<void>((resolve, reject) => {
    res.sendFile(name, { root: FOLDER, cacheControl: false, lastModified: false }, (error) =>
      error ? reject(isMissing(error) ? new NotFound() : error) : resolve(),
    );
  });
});

const isMissing = (error: Error) => 'status' in error && error.status === 404;
