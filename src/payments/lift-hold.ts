import { tx } from '../database.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { mailDelivered } from '../mail/delivered.js';
import { sendHeldBack } from '../mail/held-back.js';
import type { Order } from '../models/index.js';

/** Lets a held order go on: what is not bought is bought, and what was bought meanwhile is handed out. */
export async function liftHold(order: Order, why: string, actor = 'stripe') {
  await tx(async () => {
    await order.update({ holdReason: null, dueAt: clock.now() });
    await order.note('hold', why, null, actor);
    if (order.status !== 'completed') return;
    await mailDelivered(order);
    await sendHeldBack(order);
  });
  wake();
}
