import { z } from 'zod';
import { Answer } from '../wholesaler/answer.js';
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

export function readOrderForm(body: unknown): OrderForm {
  const { data, error } = OrderForm.safeParse(body ?? {});
  if (error) throw new Answer(422, invalid(firstMessages(error.issues)));
  const magic = magicRefusal(data.package_id);
  if (magic) throw new Answer(422, magic);
  return data;
}

const firstMessages = (issues: z.core.$ZodIssue[]) =>
  Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.join('.'), message]));
