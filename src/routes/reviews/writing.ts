import { Router, type NextFunction, type Request, type Response } from 'express';
import { RuleBroken } from '../../errors.js';
import { limited } from '../../middleware/limits.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { photosOf, photoUpload } from '../../middleware/photo-upload.js';
import { words } from '../../middleware/words.js';
import type { Order, Product } from '../../models/index.js';
import { boughtPlan, orderOfLink, orderToReview } from '../../reviews/who-may-review.js';
import { writeReview } from '../../reviews/write.js';
import { withToken } from '../account/links.js';
import { sent, type FieldErrors } from '../form.js';
import { errorsOf, readReview, typedReview } from './form.js';

/** Saying how a plan was: for the account that bought it, and for guests by the link in a mail. */
export const reviewWriting = Router();

type Asked = Request<{ slug: string }>;

interface Locals {
  plan: Product;
  order: Order;
}

/** Which order is reviewed the shop finds out by itself; without one nothing of the form is read. */
async function whoBought(req: Asked, res: Response<unknown, Locals>, next: NextFunction) {
  const plan = await boughtPlan(req.params.slug);
  const token = tokenOf(req);
  try {
    const order = token ? await orderOfLink(token, plan) : await orderToReview(req.user!, plan);
    Object.assign(res.locals, { plan, order });
  } catch (error) {
    // The form was sent already, perhaps a moment ago.
    if (!(error instanceof RuleBroken) || error.key !== 'errors.review.twice' || req.method !== 'GET')
      throw error;
    return res.redirect(303, received(plan, token));
  }
  next();
}

/** The link in the mail is proof enough; everybody else logs in, and comes back to the form. */
function guestOrLoggedIn(req: Asked, res: Response, next: NextFunction) {
  if (tokenOf(req)) return withToken(req, res, next);
  if (req.method === 'GET') return loggedIn(req, res, next);
  if (req.user) return next();
  res.redirect(303, `/login?next=${encodeURIComponent(`/products/${req.params.slug}/reviews/new`)}`);
}

const tokenOf = ({ query }: Asked) => sent(query, 'token');

const received = ({ slug }: Product, token: string) =>
  token ? `/products/${slug}/reviews/received` : '/account/reviews?done=received';

reviewWriting.get('/products/:slug/reviews/new', guestOrLoggedIn, whoBought, (req, res) => {
  showForm(req, res);
});

reviewWriting.post(
  '/products/:slug/reviews',
  guestOrLoggedIn,
  whoBought,
  limited('review'),
  photoUpload,
  async (req, res) => {
    const { plan, order } = (res as Response<unknown, Locals>).locals;
    const { said, errors } = readReview(req);
    if (!said) return showForm(req, res.status(req.photosRefused?.status ?? 422), errors);
    try {
      await writeReview(order, said, photosOf(req));
    } catch (error) {
      const ofPhotos = errorsOf(error);
      if (!ofPhotos) throw error;
      return showForm(req, res.status(422), ofPhotos);
    }
    res.redirect(303, received(plan, tokenOf(req)));
  },
);

/** For who came by a link: the same page for everybody. */
reviewWriting.get('/products/:slug/reviews/received', async (req, res) => {
  const plan = await boughtPlan(req.params.slug);
  res.render('reviews/received', { title: words(res).t('reviews.receivedTitle'), plan, noindex: true });
});

function showForm(req: Asked, res: Response, errors: FieldErrors = {}) {
  const token = tokenOf(req);
  const { plan } = res.locals as Locals;
  const query = token ? `?${new URLSearchParams({ token }).toString()}` : '';
  res.render('reviews/new', {
    title: words(res).t('reviews.writeTitle', { name: plan.name }),
    action: `/products/${plan.slug}/reviews${query}`,
    typed: typedReview(req),
    photos: [],
    errors,
    noindex: true,
  });
}
