import type { Response } from 'express';
import { z } from 'zod';
import { isUnknown } from '../wholesaler/plan.js';
import { invalid, magicRefusal } from './refusals.js';

const text = (field: string) => z.string({ error: `The ${field} field is required.` });

const OrderForm = z.object({
  package_id: text('package id')
    .min(1, 'The package id field is required.')
    .refine((sku) => !isUnknown(sku), 'The selected package is invalid.'),
  quantity: z.coerce
    .number('The quantity must be an integer.')
    .int('The quantity must be an integer.')
    .min(1, 'The quantity must be at least 1.')
    .max(50, 'The quantity may not be greater than 50.'),
  type: z.literal('sim', 'The selected type is invalid.').optional(),
  description: z.string('The description must be a string.').nullish(),
  brand_settings_name: z.null("Brand settings name doesn't exist.").or(z.literal('')).optional(),
  webhook_url: z.url('The webhook url format is invalid.').nullish(),
});
export type OrderForm = z.output<typeof OrderForm>;

/** The accepted order, or undefined when it has been refused. */
export function readOrderForm(body: unknown, res: Response): OrderForm | undefined {
  const { data, error } = OrderForm.safeParse(body ?? {});
  const magic = data && magicRefusal(data.package_id);
  if (magic) res.status(422).json(magic);
  else if (data) return data;
  else res.status(422).json(invalid(firstMessages(error.issues)));
  return undefined;
}

const firstMessages = (issues: z.core.$ZodIssue[]) =>
  Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.join('.'), message]));
