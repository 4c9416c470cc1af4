import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound, ShopError } from '../errors.js';
import { openRequest } from '../help/contact.js';
import { newToken } from '../lib/ids.js';
import { oneLine, plainText } from '../lib/plain-text.js';
import { countTry } from '../middleware/limits.js';
import { words } from '../middleware/words.js';
import { LONGEST_MESSAGE, TOPICS } from '../models/contact-request.js';
import { rules } from '../models/rules.js';
import { checkForm, typedValues, type FieldErrors } from './form.js';
import { openedOrder } from './orders/opened-order.js';

export const contact = Router();

const short = (tooLong: string) =>
  z
    .string(tooLong)
    .max(1000, tooLong)
    .transform(oneLine)
    .refine((text) => text.length <= 100, tooLong)
    .default('');

const Form = z.object({
  form_key: z.string('errors.contact.expired').regex(/^[A-Za-z0-9_-]{43}$/, 'errors.contact.expired'),
  topic: z.enum(TOPICS, 'errors.contact.topic'),
  email: rules.anyEmail,
  order_number: short('errors.contact.orderNumber'),
  device: short('errors.contact.device'),
  message: z
    .string('errors.contact.message')
    .transform(plainText)
    .refine((text) => text !== '' && text.length <= LONGEST_MESSAGE, 'errors.contact.message'),
  token: z.string().max(100).default(''),
  /** Nobody sees this field; only machines fill it in. */
  website: z.string().default(''),
});

const SHOWN_AGAIN = ['form_key', 'topic', 'email', 'order_number', 'device', 'token'];

contact.get('/help/contact', async (req, res) => {
  const { order_number = '', token = '', ...asked } = typedValues(req.query, SHOWN_AGAIN);
  const order = await ownOrder(req, order_number, token);
  const email = req.user?.email ?? order?.customerEmail ?? '';
  showForm(res, { ...asked, order_number, token, email, form_key: newToken() });
});

contact.post('/help/contact', async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) return showForm(res.status(422), typedIn(req), { errors });
  try {
    if (form.website === '') await open(req, res, form);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return showForm(res.status(error.status), typedIn(req), { refusal: error });
  }
  // The same answer for everybody: it says nothing of the order.
  res.redirect(303, '/help/contact/received');
});

contact.get('/help/contact/received', (_req, res) => {
  res.render('contact/received', { title: words(res).t('contact.receivedTitle'), noindex: true });
});

const typedIn = ({ body }: Request) => ({
  ...typedValues(body, SHOWN_AGAIN),
  ...typedValues(body, ['message'], 30_000),
});

async function open(req: Request, res: Response, form: z.infer<typeof Form>) {
  await countTry(req, 'contact');
  const order = await ownOrder(req, form.order_number, form.token);
  const question = {
    formKey: form.form_key,
    topic: form.topic,
    email: form.email,
    orderNumber: form.order_number || null,
    device: form.device || null,
    message: form.message,
    language: words(res).language,
  };
  await openRequest(question, order, req.user);
}

/** The order of this number, if this browser, account or link may see it. */
async function ownOrder(req: Request, orderNumber: string, token: string) {
  try {
    return await openedOrder(req, orderNumber.trim().toLowerCase(), token);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

function showForm(
  res: Response,
  typed: Record<string, string>,
  { errors = {}, refusal = null }: { errors?: FieldErrors; refusal?: ShopError | null } = {},
) {
  // The address carries a key when it has a token: no other site may learn it.
  res.set('Referrer-Policy', 'no-referrer');
  res.render('contact/show', {
    title: words(res).t('contact.title'),
    topics: TOPICS,
    typed: { message: '', ...typed, ...(errors.form_key && { form_key: newToken() }) },
    errors,
    refusal,
  });
}
