import { Op } from 'sequelize';
import { EmailLog, WebhookEvent } from '../../models/index.js';
import { NEWEST_FIRST } from '../../models/newest-first.js';
import { MOST, type Item } from './item.js';

const STUBBORN_AFTER = 5;

/** Mails that were refused for good and that nobody has put aside; an invitation to write a review is not worth a person. */
export async function refusedMails(): Promise<Item[]> {
  const mails = await EmailLog.findAll({
    where: { status: 'failed', dismissedAt: null, kind: { [Op.ne]: 'review_invitation' } },
    include: 'order',
    order: NEWEST_FIRST,
    limit: MOST + 1,
  });
  return mails.map(({ id, kind, created, recipient, order }) => ({
    what: order?.terms.name ?? recipient,
    why: `A mail was refused: ${kind}`,
    since: created,
    href: order ? `/admin/orders/${order.publicId}` : `/admin/emails?status=failed`,
    ...(order && { order }),
    press: { action: `/admin/emails/${id}/again`, words: 'Send it again' },
  }));
}

/** Stripe's and the wholesalers' messages that could not be worked on, however often it was tried. */
export async function stubbornEvents(): Promise<Item[]> {
  const events = await WebhookEvent.findAll({
    where: { state: 'received', attempts: { [Op.gte]: STUBBORN_AFTER } },
    order: [['attempts', 'DESC']],
    limit: MOST + 1,
  });
  return events.map(({ id, source, type, created, attempts }) => ({
    what: `${source}: ${type}`,
    why: `Tried ${attempts} times`,
    since: created,
    href: '/admin/webhooks?state=received',
    press: { action: `/admin/webhooks/${id}/replay`, words: 'Try now' },
  }));
}
