import type { Response } from 'express';
import { z } from 'zod';
import { refuse } from './refusals.js';

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

/** The accepted input, or undefined when it has been refused. */
export function readForm<T extends z.ZodType>(
  form: T,
  body: unknown,
  res: Response,
): z.output<T> | undefined {
  const { data, error } = form.safeParse(body ?? {});
  if (error) refuse(res, 400, z.prettifyError(error));
  return data;
}
