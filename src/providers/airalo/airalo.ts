import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import { centsOf } from '../cents.js';
import {
  bought,
  describe,
  found,
  orUnknown,
  orUnreachable,
  rejected,
  unclear,
  unreachable,
} from '../outcomes.js';
import { ProviderError } from '../provider-error.js';
import type { BuyOutcome, BuyRequest, LookUpOutcome, LookUpRequest, Provider } from '../provider.js';
import { contentOf } from '../wire.js';
import { AiraloApi, type AiraloOptions } from './api.js';
import { OrderAnswer, OrderListAnswer, readOrder } from './order.js';
import { refusalOf } from './refusals.js';

const Balance = z.object({
  data: z.object({
    balances: z.object({
      availableBalance: z.object({ amount: z.unknown().transform(centsOf), currency: z.literal('USD') }),
    }),
  }),
});

/** One call buys; our reference goes into `description`, by which orders can be searched. */
export class Airalo implements Provider {
  readonly name = 'Airalo';
  readonly settleWindowMs = 10 * MINUTE;
  readonly serialPerSku = false;
  private readonly api: AiraloApi;

  constructor(options: AiraloOptions) {
    this.api = new AiraloApi(options);
  }

  buy(request: BuyRequest): Promise<BuyOutcome> {
    return orUnknown(this.order(request));
  }

  lookUp(request: LookUpRequest): Promise<LookUpOutcome> {
    return orUnreachable(request.providerOrderId ? this.fetch(request) : this.search(request));
  }

  async balanceMinor(): Promise<number> {
    const answer = await this.api.read('/balance');
    const cents = contentOf(Balance, answer)?.data.balances.availableBalance.amount ?? null;
    if (cents === null) throw new ProviderError(this.name, describe(answer));
    return cents;
  }

  private async order(request: BuyRequest): Promise<BuyOutcome> {
    const { sku, reference } = request;
    const answer = await this.api.submitOrder({
      package_id: sku,
      quantity: 1,
      type: 'sim',
      description: reference,
    });
    if (answer.kind === 'no_token') return answer.refusal;
    if (answer.kind === 'not_sent') return rejected('temporarily_unavailable', answer.message);
    if (answer.kind === 'lost') return unclear(answer.message);

    const order = contentOf(OrderAnswer, answer)?.data;
    if (!order) return refusalOf(answer) ?? unclear(describe(answer));
    await request.noteProviderOrder(order.id);
    return bought(readOrder(order, request));
  }

  private async fetch(request: LookUpRequest): Promise<LookUpOutcome> {
    const id = encodeURIComponent(request.providerOrderId ?? '');
    const answer = await this.api.read(`/orders/${id}?include=sims,status`);
    const order = contentOf(OrderAnswer, answer)?.data;
    if (order) return found(readOrder(order, request));
    if (answer.kind !== 'answered' || answer.status !== 404) return unreachable(describe(answer));
    return { kind: 'ambiguous', message: `Airalo named order ${id} and no longer knows it` };
  }

  private async search(request: LookUpRequest): Promise<LookUpOutcome> {
    const reference = encodeURIComponent(request.reference);
    const answer = await this.api.read(
      `/orders?filter[description]=${reference}&include=sims,status&limit=100`,
    );
    const orders = contentOf(OrderListAnswer, answer)?.data;
    if (!orders) return unreachable(describe(answer));
    // The filter finds substrings; a row without ours means that it was not applied, and other pages may hold the order.
    if (!orders.every((order) => includes(order.description, request.reference)))
      return unreachable('Airalo did not apply the filter');

    const [ours, another] = orders.filter((order) => order.description === request.reference);
    if (another) return { kind: 'ambiguous', message: 'several Airalo orders carry this reference' };
    return ours ? found(readOrder(ours, request)) : { kind: 'not_found' };
  }
}

const includes = (description: string | null | undefined, reference: string) =>
  description?.toLowerCase().includes(reference.toLowerCase()) ?? false;
