import { describe, type Reading } from '../outcomes.js';
import { contentOf } from '../wire.js';
import type { EsimCardApi } from './api.js';
import { isNameOf, readPackage } from './package.js';
import { simIdOf } from './purchase.js';
import { esimOf, isLost, packageIdsOf, SimAnswer, type Sim } from './sim.js';

/** `silent` says nothing about the eSIM, `unlisted` that the vendor does not know it. */
export type SimReading = Reading | { kind: 'silent'; message: string } | { kind: 'unlisted' };

export async function readSim(providerOrderId: string, sku: string, api: EsimCardApi): Promise<SimReading> {
  const answer = await api.read(`/my-esims/${encodeURIComponent(simIdOf(providerOrderId))}`);
  const content = contentOf(SimAnswer, answer);
  if (!content && answer.kind === 'answered' && answer.status === 404) return { kind: 'unlisted' };
  if (!content) return { kind: 'silent', message: describe(answer) };

  const { sim } = content.data;
  if (sim.id !== simIdOf(providerOrderId)) return mismatch(sim, 'was not asked for');
  if (isLost(sim)) return mismatch(sim, `is ${sim.status}`);
  const esim = esimOf(sim);
  if (!esim) return { kind: 'waiting', providerOrderId };

  const plan = await readPackage(sku, api);
  const packageIds = packageIdsOf(content);
  if (packageIds.length > 0 && !packageIds.includes(sku)) return mismatch(sim, `is for ${packageIds[0]}`);
  if (packageIds.length === 0 && sim.last_bundle) {
    // Without the ordered package's name nobody can tell whether this is it.
    if (!plan) return { kind: 'waiting', providerOrderId };
    if (!isNameOf(plan, sim.last_bundle)) return mismatch(sim, `is for ${sim.last_bundle}`);
  }
  return { kind: 'issued', esim, providerOrderId, costMinor: plan?.priceMinor ?? null };
}

const mismatch = (sim: Sim, what: string): Reading => ({
  kind: 'mismatch',
  message: `eSIM Card eSIM ${sim.id} ${what}`,
});
