import { Router } from 'express';
import { z } from 'zod';
import { plansNamed } from '../../catalogue/plans-named.js';
import { whyNot, type Answer } from '../../coupons/why-not.js';
import { ShopError } from '../../errors.js';
import { rules } from '../../models/rules.js';
import { checkForm, optional, typedValues, type FieldErrors } from '../form.js';

/** What a coupon would say to somebody, and why; it changes nothing, so it is a question in the address. */
export const adminCouponCheck = Router();

const Question = z.object({
  code: rules.couponCode,
  plans: z
    .string('errors.desk.plans')
    .max(4000, 'errors.desk.plans')
    .transform((text) => text.split(/[\s,;]+/).filter((word) => word !== ''))
    .refine((names) => names.length >= 1 && names.length <= 20, 'errors.desk.plans'),
  email: optional(rules.anyEmail),
});

adminCouponCheck.get('/check', async (req, res) => {
  const isAsked = typeof req.query.code === 'string' && typeof req.query.plans === 'string';
  let errors: FieldErrors = {};
  let answer: Answer | null = null;
  let refusal: ShopError | null = null;
  let currency = 'USD';
  if (isAsked) {
    const { data: question, errors: wrong } = checkForm(Question, req.query);
    errors = wrong;
    try {
      if (question) {
        const plans = await plansNamed(question.plans, 'plans');
        currency = plans[0]!.currency;
        answer = await whyNot(question.code, plans, question.email ?? null);
      }
    } catch (error) {
      if (!(error instanceof ShopError)) throw error;
      refusal = error;
    }
  }
  if (refusal || Object.keys(errors).length > 0) res.status(422);
  res.render('admin/coupons/check', {
    answer,
    currency,
    errors,
    refusal,
    typed: typedValues(req.query, ['code', 'plans', 'email'], 4000),
    title: 'Why not?',
    noindex: true,
  });
});
