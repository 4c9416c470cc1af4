import { wake } from '../lib/wake.js';
import { mailDelivered } from '../mail/delivered.js';
import { ReturnedEsim, type Order } from '../models/index.js';
import { whileClaimed } from './claim.js';

/** Delivers an eSIM that came back unseen, before a new one is bought. Returns whether there was one. */
export async function deliverReturned(order: Order): Promise<boolean> {
  if (!(await ReturnedEsim.isWaitingFor(order))) return false;
  const delivered = await whileClaimed(order, async (fresh) => {
    const esim = await ReturnedEsim.waitingFor(fresh);
    if (!esim) return false;
    await fresh.complete(await esim.sellTo(fresh), esim.providerOrderId);
    await fresh.note('delivery', 'Delivered with an eSIM that came back unseen');
    if (!fresh.holdReason) await mailDelivered(fresh);
    return true;
  });
  if (delivered) wake();
  return delivered;
}
