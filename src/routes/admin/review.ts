import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { LONGEST_REPLY } from '../../models/review-rules.js';
import { flagsOf } from '../../models/review-flags.js';
import { staffWords } from '../../models/staff-words.js';
import { reviewWithHistory } from '../../reviews/history.js';
import { answerReview } from '../../reviews/moderate.js';
import { readForm, typedValues } from '../form.js';

/** One review: what staff did to it, and what the shop says to it. */
export const adminReview = Router();

const Reply = z.object({ reply: staffWords(LONGEST_REPLY, 'errors.desk.reply') });

adminReview.get('/:id', async (req, res) => {
  await show(req, res);
});

adminReview.post('/:id/reply', async (req, res) => {
  await change(req, res, () => answerReview(req.params.id, readForm(Reply, req.body).reply, req.user!));
});

adminReview.post('/:id/reply/removal', async (req, res) => {
  await change(req, res, () => answerReview(req.params.id, null, req.user!));
});

async function change(req: Request<{ id: string }>, res: Response, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return show(req, res.status(error.status), error);
  }
  res.redirect(303, `/admin/reviews/${req.params.id}`);
}

async function show(req: Request<{ id: string }>, res: Response, refusal: ShopError | null = null) {
  const { review, history } = await reviewWithHistory(req.params.id);
  const reply = refusal ? typedValues(req.body, ['reply'], 2000).reply : (review.reply ?? '');
  res.render('admin/reviews/show', {
    review,
    history,
    flags: flagsOf(review),
    reply,
    refusal,
    title: 'Review',
    noindex: true,
  });
}
