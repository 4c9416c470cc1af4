import { Router } from 'express';
import { z } from 'zod';
import { ProviderSyncLog } from '../../models/index.js';
import { logPage } from '../../office/logs.js';
import { PROVIDERS } from '../../providers/provider.js';
import { choice, cursor, showLog } from './logs.js';

/** Every comparison of a wholesaler's catalogue with ours. */
export const adminProviderSyncLogs = Router();

const Choice = z.object({ provider: choice(z.enum(PROVIDERS)), before: cursor });

adminProviderSyncLogs.get('/', async (req, res) => {
  const chosen = Choice.parse(req.query);
  const page = await logPage(ProviderSyncLog, { provider: chosen.provider }, chosen.before);
  showLog(res, 'syncs', '/admin/provider-sync-logs', chosen, page, {
    providers: PROVIDERS,
    title: 'Comparisons',
  });
});
