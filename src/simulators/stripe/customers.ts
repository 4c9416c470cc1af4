import { z } from 'zod';
import type { Books } from './books.js';
import { newId, nowSeconds, type Customer } from './objects.js';
import { invalid } from './refusal.js';
import { email } from './session-params.js';

const CustomerParams = z.looseObject({
  email: email.optional(),
  name: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
});

export function createCustomer(books: Books, form: unknown): Customer {
  const read = CustomerParams.safeParse(form);
  if (!read.success)
    throw invalid(read.error.issues[0]!.message, { param: read.error.issues[0]!.path.join('.') });
  const params = read.data;
  return books.customers.put({
    id: newId('cus'),
    object: 'customer',
    created: nowSeconds(),
    livemode: false,
    email: params.email ?? null,
    name: params.name ?? null,
    metadata: params.metadata,
  });
}
