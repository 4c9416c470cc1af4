import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { answerRequest, closeRequest, findRequest, latestRequests } from '../../help/contact.js';
import { plainText } from '../../lib/plain-text.js';
import { LONGEST_MESSAGE } from '../../models/contact-request.js';
import { readForm, typedValues } from '../form.js';
import { cursor } from './logs.js';

/** What customers ask: the open ones first, each with its order if the sender proved to be the buyer. */
export const adminContactRequests = Router();

const Page = z.object({
  state: z.enum(['open', 'answered', 'closed']).catch('open'),
  before: cursor,
});

const Answer = z.object({
  answer: z
    .string('errors.contact.answer')
    .transform(plainText)
    .refine((text) => text !== '' && text.length <= LONGEST_MESSAGE, 'errors.contact.answer'),
});

adminContactRequests.get('/', async (req, res) => {
  const { state, before } = Page.parse(req.query);
  const { requests, next } = await latestRequests(state, before);
  res.render('admin/contact-requests/index', { requests, next, state, noindex: true });
});

adminContactRequests.get('/:id', async (req, res) => {
  await show(req.params.id, res);
});

adminContactRequests.post('/:id/answer', async (req, res) => {
  await change(req, res, () => answerRequest(req.params.id, readForm(Answer, req.body).answer, req.user!));
});

adminContactRequests.post('/:id/close', async (req, res) => {
  await change(req, res, () => closeRequest(req.params.id, req.user!));
});

/** A change ends on the list of open requests; a refused one shows the request again, with the reason. */
async function change(req: Request<{ id: string }>, res: Response, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    const { answer } = typedValues(req.body, ['answer'], 30_000);
    return show(req.params.id, res.status(error.status), { refusal: error, answer });
  }
  res.redirect(303, '/admin/contact-requests');
}

async function show(id: string, res: Response, values: object = {}) {
  const request = await findRequest(id);
  res.render('admin/contact-requests/show', { refusal: null, answer: '', ...values, request, noindex: true });
}
