import { Router } from 'express';
import { auditRefusals, staffOnly } from '../../middleware/staff-only.js';
import { adminContactRequests } from './contact-requests.js';
import { adminOrders } from './orders.js';
import { adminRefunds } from './refunds.js';
import { adminReviews } from './reviews.js';

/** The back office. Whatever is mounted here has passed the guard. */
export const admin = Router();

admin.use('/admin', staffOnly, auditRefusals);
admin.get('/admin', (_req, res) => res.redirect(303, '/admin/orders'));
admin.use('/admin/orders', adminOrders);
admin.use('/admin/orders', adminRefunds);
admin.use('/admin/contact-requests', adminContactRequests);
admin.use('/admin/reviews', adminReviews);
