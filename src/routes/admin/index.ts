import { Router } from 'express';
import { auditRefusals, staffOnly } from '../../middleware/staff-only.js';
import { adminAutomationLogs } from './automation-logs.js';
import { adminContactRequests } from './contact-requests.js';
import { adminDashboard } from './dashboard.js';
import { adminEmails } from './emails.js';
import { adminInbox } from './inbox.js';
import { adminExports } from './exports.js';
import { adminOrders } from './orders.js';
import { adminProviderSyncLogs } from './provider-sync-logs.js';
import { adminProviders } from './providers.js';
import { adminRefunds } from './refunds.js';
import { adminReviews } from './reviews.js';
import { adminWebhooks } from './webhooks.js';

/** The back office. Whatever is mounted here has passed the guard. */
export const admin = Router();

admin.use('/admin', staffOnly, auditRefusals);
admin.use('/admin', adminDashboard);
admin.use('/admin/inbox', adminInbox);
admin.use('/admin/orders', adminOrders);
admin.use('/admin/orders', adminRefunds);
admin.use('/admin/exports', adminExports);
admin.use('/admin/contact-requests', adminContactRequests);
admin.use('/admin/reviews', adminReviews);
admin.use('/admin/providers', adminProviders);
admin.use('/admin/emails', adminEmails);
admin.use('/admin/automation-logs', adminAutomationLogs);
admin.use('/admin/provider-sync-logs', adminProviderSyncLogs);
admin.use('/admin/webhooks', adminWebhooks);
