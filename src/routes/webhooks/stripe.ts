import express, { Router } from 'express';
import { receiveEvent } from '../../payments/inbox.js';

/** Machines only: believed by signature, so mounted before sessions and the same-origin rule. */
export const stripeWebhook = Router();

stripeWebhook.post(
  '/webhooks/stripe',
  express.raw({ type: () => true, limit: '256kb', inflate: false }),
  async (req, res) => {
    await receiveEvent(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0), req.get('Stripe-Signature'));
    res.json({ received: true });
  },
);
