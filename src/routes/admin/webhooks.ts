import { Router } from 'express';
import { z } from 'zod';
import { adminsOnly } from '../../middleware/staff-only.js';
import { WebhookEvent } from '../../models/index.js';
import { logPage } from '../../office/logs.js';
import { replayEvent } from '../../payments/replay.js';
import { choice, cursor, showLog } from './logs.js';

/** The inbox of Stripe's and the wholesalers' messages. */
export const adminWebhooks = Router();

const Choice = z.object({
  state: choice(z.enum(['received', 'processed'])),
  type: choice(z.string().trim().min(1).max(100)),
  before: cursor,
});

adminWebhooks.get('/', async (req, res) => {
  const chosen = Choice.parse(req.query);
  const { before, ...rest } = chosen;
  showLog(res, 'webhooks', '/admin/webhooks', chosen, await logPage(WebhookEvent, rest, before), {
    title: 'Webhooks',
  });
});

adminWebhooks.post('/:id/replay', adminsOnly, async (req, res) => {
  await replayEvent(String(req.params.id), req.user!);
  res.redirect(303, '/admin/webhooks');
});
