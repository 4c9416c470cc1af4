import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { cartOf, type Cart } from '../cart/cart.js';
import { quote } from '../cart/quote.js';
import { boughtBy } from '../checkout/access.js';
import { placePurchase } from '../checkout/place-purchase.js';
import { consentNow } from '../checkout/consent.js';
import { endEarlierPurchases } from '../checkout/supersede.js';
import { RuleBroken, ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { newToken } from '../lib/ids.js';
import { words } from '../middleware/words.js';
import { Purchase } from '../models/index.js';
import { CODE_DELIVERIES } from '../models/order.js';
import { PAYMENT_METHODS } from '../models/purchase.js';
import { LEAST_RETURN_DAYS } from '../models/return-days.js';
import { rules } from '../models/rules.js';
import { methodsFor } from '../payments/methods.js';
import { startPayment } from '../payments/start-payment.js';
import { ownersSettings } from '../shop/settings.js';
import { checkForm, optional, sent, typedValues, type FieldErrors } from './form.js';

export const checkout = Router();

const Form = z.object({
  form_key: z.string('errors.formExpired').regex(/^[A-Za-z0-9_-]{43}$/, 'errors.formExpired'),
  email: rules.email,
  name: optional(rules.personName),
  phone: optional(rules.phone),
  payment_method: z.enum(PAYMENT_METHODS, 'errors.paymentMethod'),
  code_delivery: z.enum(CODE_DELIVERIES, 'errors.codeDelivery').default('mail'),
  // A page that said no number promised what the law does.
  return_days: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .catch(LEAST_RETURN_DAYS),
});

/** A code by mail is delivered at once, and that needs the buyer's consent. */
const FormForMail = Form.extend({ consent: z.literal('yes', 'errors.consent') });

const formFor = (body: unknown) => (sent(body, 'code_delivery') === 'link' ? Form : FormForMail);

const TYPED = ['email', 'name', 'phone', 'payment_method', 'code_delivery', 'consent', 'form_key'];

checkout.get('/checkout', async (req, res) => {
  await showForm(req, res, (await lastTyped(cartOf(req))) ?? { email: req.user?.email ?? '' });
});

checkout.post('/checkout', async (req, res) => {
  const { data: form, errors } = checkForm(formFor(req.body), req.body);
  if (!form) return refuse(req, res, 422, errors);
  try {
    const paid = await endEarlierPurchases(cartOf(req), form.form_key);
    if (paid) return res.redirect(303, returnPage(paid));
    const purchase = await placePurchase(form.form_key, cartOf(req), {
      email: form.email,
      name: form.name ?? null,
      phone: form.phone ?? null,
      paymentMethod: form.payment_method,
      language: words(res).language,
      codeDelivery: form.code_delivery,
      consent: form.code_delivery === 'mail' ? consentNow(words(res).t, clock.date()) : null,
      returnDays: form.return_days,
      couponCode: req.session.couponCode,
      ipAddress: req.ip ?? null,
      userAgent: req.get('User-Agent') ?? null,
    });
    res.redirect(303, await nextStep(req, purchase));
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    await refuse(req, res, error.status, {}, error);
  }
});

/** Somebody who comes back from Stripe's page finds what was typed before. */
async function lastTyped({ owner }: Cart) {
  const last = owner && (await Purchase.findOne({ where: { ...owner }, order: [['created', 'DESC']] }));
  return (
    last && {
      email: last.email,
      name: last.name ?? '',
      phone: last.phone ?? '',
      payment_method: last.paymentMethod,
      code_delivery: last.consent ? 'mail' : 'link',
    }
  );
}

/** Where the buyer of a placed purchase goes: to Stripe, or to its end. */
async function nextStep(req: Request, purchase: Purchase): Promise<string> {
  if (!boughtBy(req, purchase) || purchase.isOver()) throw new RuleBroken('errors.formExpired');
  return purchase.state === 'open' && !purchase.awaitsFunds() ? startPayment(purchase) : returnPage(purchase);
}

const returnPage = (purchase: Purchase) =>
  purchase.stripeSessionId
    ? `/checkout/return?session_id=${purchase.stripeSessionId}`
    : `/checkout/return?purchase=${purchase.id}`;

/** The same page again, with what was typed. A form that may yet succeed keeps its key, so that it is still the same purchase. */
async function refuse(req: Request, res: Response, status: number, errors: FieldErrors, refusal?: ShopError) {
  const typed = typedValues(req.body, TYPED);
  const formKey = status === 503 ? typed.form_key : undefined;
  const field = refusal instanceof RuleBroken ? refusal.field : undefined;
  res.status(status);
  if (status === 503) res.set('Retry-After', '10');
  await showForm(req, res, typed, {
    errors: field ? { [field]: refusal!.key } : errors,
    refusal: refusal ?? null,
    formKey,
  });
}

async function showForm(
  req: Request,
  res: Response,
  typed: Record<string, string>,
  {
    errors = {},
    refusal = null,
    formKey,
  }: { errors?: FieldErrors; refusal?: ShopError | null; formKey?: string | undefined } = {},
) {
  const priced = await quote(await cartOf(req).items(), req.session.couponCode);
  if (priced.items.length === 0 && !refusal) return res.redirect(303, '/cart');
  const methods = methodsFor(priced.currency);
  // The words follow, where a refusal has shown that they were old.
  await ownersSettings();
  res.render('checkout/show', {
    quote: priced,
    methods,
    typed,
    errors,
    refusal,
    formKey: formKey ?? newToken(),
  });
}
