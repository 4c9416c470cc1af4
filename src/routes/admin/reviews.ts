import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { plainText } from '../../lib/plain-text.js';
import { LONGEST_REASON } from '../../models/review-rules.js';
import { approveReview, readingOf, rejectReview, reviewsInState } from '../../reviews/moderate.js';
import { warningsFor } from '../../reviews/warnings.js';
import { readForm, sent, typedValues } from '../form.js';

/** Reviews before others see them: staff reads them, the oldest first, and shows them or says why not. */
export const adminReviews = Router();

const Page = z.object({
  state: z.enum(['waiting', 'shown', 'rejected']).catch('waiting'),
  after: z.string().max(100).optional().catch(undefined),
});

/** It is kept in the books for good, where no code may stand. */
const Rejection = z.object({
  reason: z
    .string('errors.review.reason')
    .transform(plainText)
    .refine(
      (reason) => reason !== '' && reason.length <= LONGEST_REASON && !/lpa:/i.test(reason),
      'errors.review.reason',
    ),
});

adminReviews.get('/', async (req, res) => {
  await show(req, res);
});

adminReviews.post('/:id/approval', async (req, res) => {
  await judge(req, res, () => approveReview(req.params.id, sent(req.body, 'reading'), req.user!));
});

adminReviews.post('/:id/rejection', async (req, res) => {
  await judge(req, res, async () => {
    const { reason } = readForm(Rejection, req.body);
    await rejectReview(req.params.id, sent(req.body, 'reading'), reason, req.user!);
  });
});

/** Judged, the list goes on; refused, it says why, with the reason as it was typed. */
async function judge(req: Request<{ id: string }>, res: Response, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    const { reason } = typedValues(req.body, ['reason'], 2000);
    return show(req, res.status(error.status), { refusal: error, refusedId: req.params.id, reason });
  }
  res.redirect(303, `/admin/reviews?state=${stateIn(req)}`);
}

/** Of the list on which the button was pressed. */
const stateIn = ({ body }: Pick<Request, 'body'>) => Page.parse(body ?? {}).state;

async function show(req: Pick<Request, 'body' | 'query' | 'method'>, res: Response, values: object = {}) {
  const { state, after } = Page.parse({
    ...req.query,
    ...(req.method === 'POST' && { state: stateIn(req) }),
  });
  const { reviews, next } = await reviewsInState(state, after);
  res.render('admin/reviews/index', {
    refusal: null,
    refusedId: null,
    reason: '',
    ...values,
    state,
    next,
    reviews: reviews.map((review) => ({ review, reading: readingOf(review), warnings: warningsFor(review) })),
    noindex: true,
  });
}
