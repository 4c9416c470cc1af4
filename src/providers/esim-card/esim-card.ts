import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { MINUTE } from '../../lib/clock.js';
import { centsOf } from '../cents.js';
import { bought, describe, orUnknown, orUnreachable, rejected, unclear } from '../outcomes.js';
import { ProviderError } from '../provider-error.js';
import type { BuyOutcome, BuyRequest, LookUpOutcome, LookUpRequest, Provider } from '../provider.js';
import { contentOf } from '../wire.js';
import { EsimCardApi, type EsimCardOptions } from './api.js';
import { lookUpNamed, lookUpUnnamed } from './look-up.js';
import { providerOrderIdOf, PurchaseAnswer, refusalOrUnclear } from './purchase.js';
import { readSim } from './read-sim.js';

const Balance = z.object({ status: z.literal(true), balance: z.unknown().transform(centsOf) });

/** One call buys, without any reference of ours; the profile is fetched afterwards. */
export class EsimCard implements Provider {
  readonly name = 'eSIM Card';
  readonly settleWindowMs = 15 * MINUTE;
  readonly serialPerSku = true;
  private readonly api: EsimCardApi;
  private readonly pollDelaysMs: readonly number[];

  constructor(options: EsimCardOptions) {
    this.api = new EsimCardApi(options);
    this.pollDelaysMs = options.pollDelaysMs ?? [250, 500, 1000];
  }

  buy(request: BuyRequest): Promise<BuyOutcome> {
    return orUnknown(this.purchase(request));
  }

  lookUp(request: LookUpRequest): Promise<LookUpOutcome> {
    const { providerOrderId } = request;
    return orUnreachable(
      providerOrderId
        ? lookUpNamed(providerOrderId, request, this.api, this.settleWindowMs)
        : lookUpUnnamed(request, this.api),
    );
  }

  async balanceMinor(): Promise<number> {
    const answer = await this.api.read('/balance');
    const cents = contentOf(Balance, answer)?.balance ?? null;
    if (cents === null) throw new ProviderError(this.name, describe(answer));
    return cents;
  }

  private async purchase(request: BuyRequest): Promise<BuyOutcome> {
    const answer = await this.api.purchase(request.sku);
    if (answer.kind === 'no_token') return answer.refusal;
    if (answer.kind === 'not_sent') return rejected('temporarily_unavailable', answer.message);
    if (answer.kind === 'lost') return unclear(answer.message);
    const purchase = contentOf(PurchaseAnswer, answer);
    if (!purchase) return refusalOrUnclear(answer);

    const providerOrderId = providerOrderIdOf(purchase);
    await request.noteProviderOrder(providerOrderId);
    return this.awaitProfile(providerOrderId, request.sku);
  }

  /** Most profiles are there at once; for the others the caller looks again later. */
  private async awaitProfile(providerOrderId: string, sku: string): Promise<BuyOutcome> {
    for (const delay of this.pollDelaysMs) {
      await wait(delay);
      const reading = await readSim(providerOrderId, sku, this.api);
      if (reading.kind === 'issued' || reading.kind === 'mismatch') return bought(reading);
    }
    return { kind: 'pending', providerOrderId };
  }
}
