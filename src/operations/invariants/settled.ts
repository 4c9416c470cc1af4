import type { Invariants } from './finding.js';
import { IN_GOOD_TIME } from './punctuality.js';

/** What holds besides once nothing is under way any more. */
export const SETTLED: Invariants = {
  'every paid order is delivered or given back, unless a person must decide': `
    SELECT id FROM orders
    WHERE payment_status = 'paid' AND status IN ('pending', 'processing') AND hold_reason IS NULL`,
  'what became of every attempt is known': `
    SELECT id FROM fulfilment_attempts WHERE state IN ('sent', 'unknown')`,
  'every refund has gone through, unless Stripe refused it': `
    SELECT id FROM refunds WHERE state IN ('requested', 'pending')`,
  'every mail is sent, unless its address was refused or its day has not come': `
    SELECT id FROM email_logs WHERE status = 'queued' AND NOT ${IN_GOOD_TIME}`,
  'every event is worked off': `SELECT id FROM webhook_events WHERE state = 'received'`,
};
