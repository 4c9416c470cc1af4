import { z } from 'zod';
import { refusal } from './refusals.js';

/** MobiMatter rejects properties it does not know. */
export const OrderForm = z.strictObject({
  productId: z.string().min(1),
  productCategory: z.string().nullish(),
  label: z.string().max(300).nullish(),
  addOnOrderIdentifier: z.string().nullish(),
  callbackUrl: z.url({ protocol: /^https$/ }).nullish(),
});
export const Completion = z.strictObject({ orderId: z.string(), notes: z.string().nullish() });
export const Cancellation = z.strictObject({ orderId: z.string(), reason: z.string().min(1) });

export function readForm<T extends z.ZodType>(form: T, body: unknown): z.output<T> {
  const { data, error } = form.safeParse(body ?? {});
  if (error) throw refusal(400, z.prettifyError(error));
  return data;
}
