import { Router } from 'express';
import { wantsFragment } from '../../middleware/page-values.js';
import { dashboard } from '../../office/dashboard/dashboard.js';
import { bars } from '../../office/dashboard/bars.js';
import { inboxCount } from '../../office/inbox/inbox.js';

/** How the shop does. The page brings itself up to date every half minute. */
export const adminDashboard = Router();

adminDashboard.get('/', async (req, res) => {
  const [figures, waiting] = await Promise.all([dashboard(), inboxCount()]);
  const { days } = figures.earned;
  res.render(wantsFragment(req, res) ? 'admin/dashboard/_figures' : 'admin/dashboard/show', {
    ...figures,
    waiting,
    charts: { revenue: bars(days, 'revenueMinor'), purchases: bars(days, 'purchases') },
    title: 'Dashboard',
    noindex: true,
  });
});
