import type { Request } from 'express';
import { boughtBy } from '../../checkout/access.js';
import { mayCorrectAddress, wasRefused } from '../../checkout/correct-address.js';
import { timelineOf } from '../../checkout/timeline.js';
import { dueMail } from '../../mail/due-mail.js';
import { Order, OrderLink, type Purchase } from '../../models/index.js';

const PHONES = ['iphone', 'samsung', 'pixel', 'other'] as const;
const DONE = ['mail', 'address', 'links'] as const;

/** What the page of an order offers besides the eSIM: its history, its mails, its links, and help for one phone. */
export async function afterSale(req: Request, order: Order, purchase: Purchase) {
  const mine = boughtBy(req, purchase);
  const together = mine ? await Order.findAll({ where: { purchaseId: purchase.id } }) : [];
  return {
    timeline: await timelineOf(order),
    canMail: dueMail(order, purchase) !== null,
    refused: order.status === 'completed' && (await wasRefused(order)),
    canCorrect: mine && (await mayCorrectAddress(together)),
    liveLinks: mine ? await OrderLink.countLive(order.id) : 0,
    phones: PHONES,
    phone: PHONES.find((phone) => phone === req.query.phone),
    // After a redirect only the address knows what was done.
    done: DONE.find((done) => done === req.query.done),
  };
}
