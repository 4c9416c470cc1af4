import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import { centsOf } from '../cents.js';
import { bought, describe, orUnknown, orUnreachable, rejected, unclear } from '../outcomes.js';
import { ProviderError } from '../provider-error.js';
import type { BuyOutcome, BuyRequest, LookUpOutcome, LookUpRequest, Provider } from '../provider.js';
import { contentOf } from '../wire.js';
import { AiraloApi, type AiraloOptions } from './api.js';
import { lookUpById, lookUpByReference } from './look-up.js';
import { OrderAnswer, readOrder } from './order.js';
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
    return orUnreachable(
      request.providerOrderId
        ? lookUpById(request.providerOrderId, request, this.api)
        : lookUpByReference(request, this.api),
    );
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
}
