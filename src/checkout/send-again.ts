import { tx } from '../database.js';
import { ShopError } from '../errors.js';
import { wake } from '../lib/wake.js';
import { dueMail } from '../mail/due-mail.js';
import { queueMailAgain } from '../mail/outbox.js';
import type { Order } from '../models/index.js';
import { lockPurchase } from '../payments/lock-purchase.js';

/** Mails once more where the order is now. Throws with status 409 while there is nothing to say. */
export async function sendAgain({ id, purchaseId }: Order) {
  await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    const order = orders.find((one) => one.id === id)!;
    const mail = dueMail(order, purchase);
    if (!mail) throw new ShopError(409, 'errors.order.noMail');
    if (await queueMailAgain(mail))
      await order.note('mail', 'The customer asked for the mail again', { kind: mail.kind }, 'customer');
  });
  wake();
}
