import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { wantsFragment } from '../../middleware/page-values.js';
import { flagsOf } from '../../models/review-flags.js';
import type { Review } from '../../models/index.js';
import { REASON } from '../../models/staff-words.js';
import { CANNED_REASONS } from '../../reviews/canned-reasons.js';
import { judgeMany } from '../../reviews/judge-many.js';
import {
  approveReview,
  ownJudgement,
  readingOf,
  rejectReview,
  undoJudgement,
} from '../../reviews/moderate.js';
import { COUNTED, STATES, nextInQueue, readChoice, reviewQueue, type Choice } from '../../reviews/queue.js';
import { readForm, sent, typedValues } from '../form.js';
import { address } from './address.js';

/** Reviews before others see them: staff reads them, the oldest first, and shows them or says why not. */
export const adminReviews = Router();

const Rejection = z.object({ reason: REASON });

/** Each tick is a review and what it said. */
const Bulk = z.object({
  verdict: z.enum(['approve', 'reject'], 'errors.badRequest'),
  review: z
    .preprocess(
      (some) => (some === undefined ? [] : [some].flat()),
      z.array(z.string()).max(100, 'errors.badRequest'),
    )
    .transform((ticks) => ticks.map(readTick).filter((tick) => tick !== null))
    .refine((ticks) => ticks.length > 0, 'errors.desk.noneChosen'),
});

adminReviews.get('/', async (req, res) => {
  await show(req, res, readChoice(req.query));
});

adminReviews.post('/judgements', async (req, res) => {
  await change(req, res, async () => {
    const { verdict, review } = readForm(Bulk, req.body);
    const reason = verdict === 'approve' ? null : readForm(Rejection, req.body).reason;
    const { judged, refusal } = await judgeMany(review, reason, req.user!);
    if (refusal) throw refusal;
    return { done: String(judged) };
  });
});

adminReviews.post('/:id/approval', async (req, res) => {
  await change(req as Request, res, async () => ({
    judged: await approveReview(req.params.id, sent(req.body, 'reading'), req.user!),
  }));
});

adminReviews.post('/:id/rejection', async (req, res) => {
  await change(req as Request, res, async () => {
    const { reason } = readForm(Rejection, req.body);
    return { judged: await rejectReview(req.params.id, sent(req.body, 'reading'), reason, req.user!) };
  });
});

adminReviews.post('/:id/undo', async (req, res) => {
  await change(req as Request, res, async () => {
    await undoJudgement(req.params.id, req.user!);
    return { back: req.params.id };
  });
});

interface Done {
  judged?: Review;
  /** The review that waits again. */
  back?: string;
  done?: string;
}

/** Done, the list goes on with the next review; refused, it says why, with the reason as it was typed. */
async function change(req: Request, res: Response, work: () => Promise<Done>) {
  const choice = readChoice(req.body);
  let result: Done;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    const { reason } = typedValues(req.body, ['reason'], 2000);
    const refusedId = String(req.params.id ?? '');
    return show(req, res.status(error.status), choice, {
      refusal: error,
      refusedId,
      reason,
      next_id: refusedId,
    });
  }
  const { judged, back, done } = result;
  const next = back ?? (judged ? await nextInQueue(choice, judged) : null);
  const query = { judged: judged?.id, done };
  if (wantsFragment(req, res)) return show(req, res, choice, { next_id: next, ...query });
  res.redirect(303, `${address('/admin/reviews', { ...choice, ...query })}${next ? `#review-${next}` : ''}`);
}

interface Shown {
  refusal?: ShopError;
  refusedId?: string;
  reason?: string | undefined;
  next_id?: string | null;
  judged?: string | undefined;
  done?: string | undefined;
}

async function show(req: Request, res: Response, choice: Choice, values: Shown = {}) {
  const { reviews, next, plan, counts } = await reviewQueue(choice);
  const judgedId = values.judged ?? sent(req.query, 'judged');
  res.render(wantsFragment(req, res) ? 'admin/reviews/_queue' : 'admin/reviews/index', {
    refusal: null,
    refusedId: null,
    reason: '',
    next_id: null,
    done: sent(req.query, 'done'),
    ...values,
    judged: judgedId ? await ownJudgement(judgedId, req.user!) : null,
    choice,
    plan,
    counts,
    counted: COUNTED,
    states: STATES,
    canned: CANNED_REASONS,
    next: next && listAt({ ...choice, after: next }),
    first: choice.after ? listAt({ ...choice, after: undefined }) : null,
    listAt,
    reviews: reviews.map((review) => ({ review, reading: readingOf(review), flags: flagsOf(review) })),
    title: 'Reviews',
    noindex: true,
  });
}

const listAt = (choice: Choice) => address('/admin/reviews', { ...choice });

function readTick(tick: string) {
  const [, id, reading] = /^([a-z0-9]{15})\.([a-z0-9]{16}-[a-z]{5,10})$/.exec(tick) ?? [];
  return id && reading ? { id, reading } : null;
}
