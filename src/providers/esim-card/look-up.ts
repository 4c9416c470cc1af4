import { clock, MINUTE } from '../../lib/clock.js';
import { found, unreachable } from '../outcomes.js';
import type { LookUpOutcome, LookUpRequest } from '../provider.js';
import type { EsimCardApi } from './api.js';
import { simsSince, type Row } from './listing.js';
import { isNameOf, readPackage } from './package.js';
import { readSim } from './read-sim.js';

const CLOCK_SKEW_MS = MINUTE;

export async function lookUpNamed(
  providerOrderId: string,
  { sku, sentAt }: LookUpRequest,
  api: EsimCardApi,
  settleWindowMs: number,
): Promise<LookUpOutcome> {
  const reading = await readSim(providerOrderId, sku, api);
  if (reading.kind === 'silent') return unreachable(reading.message);
  if (reading.kind !== 'unlisted') return found(reading);
  // The vendor named this eSIM itself, so its absence never means that nothing was bought.
  return clock.now() < sentAt + settleWindowMs
    ? { kind: 'pending', providerOrderId }
    : { kind: 'ambiguous', message: `eSIM Card named eSIM ${providerOrderId} and does not list it` };
}

/** No reference of ours is stored, so a lost purchase is known by its time, its package, and by belonging to nobody else. */
export async function lookUpUnnamed(request: LookUpRequest, api: EsimCardApi): Promise<LookUpOutcome> {
  const plan = await readPackage(request.sku, api);
  if (!plan) return unreachable('the ordered package could not be read');
  const listed = await simsSince(request.sentAt - CLOCK_SKEW_MS, api);
  if (listed.kind === 'incomplete') return unreachable(listed.message);

  const free = await notTaken(listed.rows, request);
  const [candidate, another] = free.filter((row) => row.last_bundle && isNameOf(plan, row.last_bundle));
  if (another) return { kind: 'ambiguous', message: 'several new eSIMs could be this purchase' };
  if (candidate) return adopt(candidate, request, api);
  // A new eSIM that has no package yet may become ours.
  return free.some((row) => !row.last_bundle)
    ? { kind: 'pending', providerOrderId: null }
    : { kind: 'not_found' };
}

async function notTaken(rows: Row[], { isTaken }: LookUpRequest) {
  const taken = await Promise.all(rows.map(async (row) => row.iccid !== null && (await isTaken(row.iccid))));
  return rows.filter((_, i) => !taken[i]);
}

async function adopt(candidate: Row, { sku }: LookUpRequest, api: EsimCardApi): Promise<LookUpOutcome> {
  const reading = await readSim(candidate.id, sku, api);
  if (reading.kind === 'silent') return unreachable(reading.message);
  return reading.kind === 'unlisted' ? { kind: 'pending', providerOrderId: candidate.id } : found(reading);
}
