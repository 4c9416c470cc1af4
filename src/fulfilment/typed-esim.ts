import { z } from 'zod';
import { RuleBroken } from '../errors.js';
import { oneLine } from '../lib/plain-text.js';
import { Order, ReturnedEsim } from '../models/index.js';
import { line, price, rules } from '../models/rules.js';
import { luhnHolds, plainIccid, typedActivation } from '../providers/activation.js';
import type { Purchased } from './deliver.js';

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const detail = (most: number) =>
  z.preprocess(
    blank,
    z.string('errors.desk.detail').max(most, 'errors.desk.detail').transform(oneLine).optional(),
  );

/** What somebody types of an eSIM that was bought: digits with spaces, a code with or without its prefix, cost in dollars. */
export const TypedEsim = z
  .object({
    provider: rules.provider,
    provider_order_id: line(200, 'errors.desk.providerOrder'),
    iccid: z
      .string('errors.desk.iccid')
      .max(60, { error: 'errors.desk.iccid', abort: true })
      .transform((text) => plainIccid(text.replace(/[\s-]/g, '')))
      .refine((iccid) => iccid !== null, 'errors.desk.iccid'),
    iccid_anyway: z.string().optional().catch(undefined),
    activation_code: z
      .string('errors.desk.activation')
      .max(600, { error: 'errors.desk.activation', abort: true })
      .transform(typedActivation)
      .refine((typed) => typed !== null, 'errors.desk.activation'),
    confirmation_code: detail(60),
    cost: z.preprocess(blank, price('USD').optional()),
  })
  .refine(({ iccid, iccid_anyway }) => iccid_anyway === 'yes' || !iccid || luhnHolds(iccid), {
    error: 'errors.desk.luhn',
    path: ['iccid_anyway'],
  })
  .refine(
    ({ activation_code, confirmation_code }) => confirmation_code || !activation_code?.needsConfirmation,
    {
      error: 'errors.desk.confirmation',
      path: ['confirmation_code'],
    },
  );

export type TypedEsim = z.infer<typeof TypedEsim>;

export function purchasedAs({
  provider_order_id,
  iccid,
  activation_code,
  confirmation_code,
  cost,
}: TypedEsim): Purchased {
  const esim = { iccid, lpa: activation_code.lpa };
  return {
    esim: confirmation_code ? { ...esim, confirmationCode: confirmation_code } : esim,
    providerOrderId: provider_order_id,
    costMinor: cost ?? null,
  };
}

/** Throws RuleBroken when another order has it, or when it came back and waits for its next buyer. */
export async function mustBeNobodys({ iccid, lpa }: Purchased['esim']) {
  if ((await Order.count({ where: { esimIccid: iccid } })) > 0)
    throw new RuleBroken('errors.desk.iccidTaken', {}, 'iccid');
  if ((await Order.count({ where: { esimActivationCode: lpa } })) > 0)
    throw new RuleBroken('errors.desk.codeTaken', {}, 'activation_code');
  if ((await ReturnedEsim.count({ where: { iccid, soldToId: null } })) > 0)
    throw new RuleBroken('errors.desk.waitsForBuyer', {}, 'iccid');
}
