import { Router } from 'express';
import { z } from 'zod';
import { dismissMail, queueRefusedMail } from '../../mail/queue-again.js';
import { EmailLog } from '../../models/index.js';
import { MAIL_KINDS } from '../../models/email-log.js';
import { canonicalEmail } from '../../models/rules.js';
import { logPage } from '../../office/logs.js';
import { choice, cursor, showLog } from './logs.js';

/** Every mail that was to be sent, and what became of it. */
export const adminEmails = Router();

const Choice = z.object({
  status: choice(z.enum(['queued', 'sent', 'failed'])),
  kind: choice(z.enum(MAIL_KINDS)),
  recipient: choice(z.string().trim().min(1).max(254)),
  before: cursor,
});

adminEmails.get('/', async (req, res) => {
  const chosen = Choice.parse(req.query);
  const { before, recipient, ...rest } = chosen;
  const to = recipient && { recipient: [recipient, canonicalEmail(recipient)] };
  const page = await logPage(EmailLog, { ...rest, ...to }, before, [
    { association: 'order', attributes: ['publicId'] },
  ]);
  showLog(res, 'emails', '/admin/emails', chosen, page, { kinds: MAIL_KINDS, title: 'Mails' });
});

adminEmails.post('/:id/again', async (req, res) => {
  await queueRefusedMail(req.params.id, req.user!);
  res.redirect(303, '/admin/emails?status=queued');
});

adminEmails.post('/:id/dismissal', async (req, res) => {
  await dismissMail(req.params.id, req.user!);
  res.redirect(303, '/admin/inbox');
});
