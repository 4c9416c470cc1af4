import { Router } from 'express';
import { z } from 'zod';
import { AutomationLog } from '../../models/index.js';
import { logPage } from '../../office/logs.js';
import { choice, cursor, showLog } from './logs.js';

/** What happened to all orders, newest first. */
export const adminAutomationLogs = Router();

/** As `Order.note` and the triggers of migrations/rules/orders.ts write them. */
const STEPS = [
  'placed',
  'payment',
  'transfer',
  'status',
  'attempt',
  'look-up',
  'delivery',
  'email',
  'mail',
  'reveal',
  'refund',
  'withdrawal',
  'hold',
  'review',
  'address',
  'links',
  'contact',
] as const;

const Choice = z.object({ step: choice(z.enum(STEPS)), before: cursor });

adminAutomationLogs.get('/', async (req, res) => {
  const chosen = Choice.parse(req.query);
  const page = await logPage(AutomationLog, { step: chosen.step }, chosen.before, [
    { association: 'order', attributes: ['publicId'] },
  ]);
  showLog(res, 'automation', '/admin/automation-logs', chosen, page, {
    steps: STEPS,
    title: 'Timeline of all orders',
  });
});
