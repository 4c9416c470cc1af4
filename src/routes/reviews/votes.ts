import { Router, type NextFunction, type Request, type Response } from 'express';
import { wantsFragment } from '../../middleware/page-values.js';
import { shownReview, voteFor, withdrawVote } from '../../reviews/vote.js';

/** "Helpful": once per account, and taken back by the same button. */
export const reviewVotes = Router();

type Asked = Request<{ id: string }>;

async function loggedInToVote(req: Asked, res: Response, next: NextFunction) {
  if (req.user) return next();
  const back = `/login?next=${encodeURIComponent(placeOf(await shownReview(req.params.id)))}`;
  if (wantsFragment(req, res)) return res.set('HX-Redirect', back).sendStatus(204);
  res.redirect(303, back);
}

/** Where a review stands; the fragment of the address finds it if it is among the first. */
const placeOf = ({ id, product }: Awaited<ReturnType<typeof shownReview>>) =>
  `/products/${product!.slug}/reviews#review-${id}`;

reviewVotes.post('/reviews/:id/votes', loggedInToVote, async (req, res) => {
  await voteFor(req.params.id, req.user!);
  await showButton(req, res, true);
});

reviewVotes.post('/reviews/:id/votes/removal', loggedInToVote, async (req, res) => {
  await withdrawVote(req.params.id, req.user!);
  await showButton(req, res, false);
});

/** Where htmx asked, the button in its new state; otherwise the review in its list. */
async function showButton(req: Asked, res: Response, isHelpful: boolean) {
  const review = await shownReview(req.params.id);
  if (!wantsFragment(req, res)) return res.redirect(303, placeOf(review));
  const { id, helpfulCount, product: plan } = review;
  res.render('reviews/_vote', { plan, review: { id, helpfulCount, isHelpful, isOwn: false } });
}
