import { z } from 'zod';
import type { Answered } from '../../lib/http.js';
import { describe, quoted, rejected, tooMany, unclear, type Refusal } from '../outcomes.js';
import type { BuyOutcome, RejectionKind } from '../provider.js';

// eSIM Card reseller API, "package/purchase/async".
export const PurchaseAnswer = z.object({
  status: z.literal(true),
  data: z.object({
    sim_id: z.string().regex(/^[\w-]{1,64}$/),
    order_id: z
      .union([z.number().int(), z.string().regex(/^[\w-]{1,40}$/)])
      .nullish()
      .catch(null),
  }),
});
type Purchase = z.infer<typeof PurchaseAnswer>;

/** `<eSIM id>:<order number>`: look-ups need the first, the vendor's support asks for the second. */
export const providerOrderIdOf = ({ data }: Purchase) =>
  data.order_id ? `${data.sim_id}:${data.order_id}` : data.sim_id;

export const simIdOf = (providerOrderId: string) => providerOrderId.split(':')[0] ?? providerOrderId;

const Refused = z.object({ status: z.literal(false), message: z.string() });
const Invalid = z.object({ errors: z.object({ package_type_id: z.unknown() }) });

/**
 * The vendor documents no refusals; these are the ones its clients have met. Any other `status: false` is refused but to
 * be verified.
 */
export function refusalOrUnclear(answer: Answered): BuyOutcome {
  const { status, body } = answer;
  if (status === 401) return rejected('misconfigured', describe(answer));
  if (status === 429) return tooMany(answer);
  if (status >= 500) return unclear(describe(answer));
  if (status === 422 && 'package_type_id' in (Invalid.safeParse(body).data?.errors ?? {}))
    return rejected('invalid_product', describe(answer));
  const message = Refused.safeParse(body).data?.message;
  return message === undefined
    ? unclear(describe(answer))
    : (refusalBy(message) ?? unclear(`refused: ${quoted(message)}`));
}

const REASONS: readonly [RegExp, RejectionKind][] = [
  [/insufficient|balance/i, 'insufficient_balance'],
  [/not available|out of stock/i, 'out_of_stock'],
];

function refusalBy(message: string): Refusal | null {
  const reason = REASONS.find(([words]) => words.test(message));
  return reason ? rejected(reason[1], quoted(message)) : null;
}
