import { tx } from '../database.js';
import { wake } from '../lib/wake.js';
import { queueLookup } from '../mail/order-lookup.js';
import { canonicalEmail } from '../models/rules.js';

/** Nobody is looked up here: whether the address has bought anything is found out when the mail is written. */
export async function askForOrders(email: string, orderNumber: string | null, language: string) {
  await tx(() => queueLookup(canonicalEmail(email), orderNumber, language));
  wake();
}
