import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import { centsOf } from '../cents.js';
import { bought, describe, orUnknown, orUnreachable, rejected, unclear } from '../outcomes.js';
import { ProviderError } from '../provider-error.js';
import type { BuyOutcome, BuyRequest, LookUpOutcome, LookUpRequest, Provider } from '../provider.js';
import { contentOf } from '../wire.js';
import { MobiMatterApi, type MobiMatterOptions } from './api.js';
import { lookUpOrder } from './look-up.js';
import { CreatedAnswer, OrderAnswer, readOrder, type Ordered } from './order.js';
import { completeRefusal, createRefusal } from './refusals.js';

const Balance = z.object({ result: z.object({ balance: z.unknown().transform(centsOf) }) });

/** Two calls: creating an order holds the price, completing it buys. Only the order id leads back to it. */
export class MobiMatter implements Provider {
  readonly name = 'MobiMatter';
  readonly settleWindowMs = 10 * MINUTE;
  readonly serialPerSku = false;
  private readonly api: MobiMatterApi;

  constructor(options: MobiMatterOptions) {
    this.api = new MobiMatterApi(options);
  }

  buy(request: BuyRequest): Promise<BuyOutcome> {
    return orUnknown(this.create(request));
  }

  lookUp(request: LookUpRequest): Promise<LookUpOutcome> {
    return orUnreachable(lookUpOrder(request, this.api, this.settleWindowMs));
  }

  async balanceMinor(): Promise<number> {
    const answer = await this.api.read('/merchant/balance');
    const cents = contentOf(Balance, answer)?.result.balance ?? null;
    if (cents === null) throw new ProviderError(this.name, describe(answer));
    return cents;
  }

  private async create(request: BuyRequest): Promise<BuyOutcome> {
    const { sku, reference } = request;
    const answer = await this.api.createOrder({
      productId: sku,
      productCategory: 'esim_realtime',
      label: reference,
    });
    if (answer.kind === 'not_sent') return rejected('temporarily_unavailable', answer.message);
    if (answer.kind === 'lost') return unclear(`creating: ${answer.message}`);
    const orderId = contentOf(CreatedAnswer, answer)?.result.orderId;
    if (!orderId) return createRefusal(answer) ?? unclear(`creating: ${describe(answer)}`);

    // When this throws, the order is not completed: an order nobody could find again must not be charged.
    await request.noteProviderOrder(orderId);
    return this.complete({ orderId, sku, reference });
  }

  private async complete(ordered: Ordered): Promise<BuyOutcome> {
    const answer = await this.api.completeOrder(ordered.orderId);
    if (answer.kind === 'not_sent') return rejected('temporarily_unavailable', answer.message);
    if (answer.kind === 'lost') return unclear(`completing: ${answer.message}`);
    const order = contentOf(OrderAnswer, answer)?.result;
    if (order) return bought(readOrder(order, ordered));
    return completeRefusal(answer) ?? unclear(`completing: ${describe(answer)}`);
  }
}
