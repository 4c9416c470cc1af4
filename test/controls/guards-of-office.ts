import type { Guard } from './guards.js';

/** See guards.ts. */
export const GUARDS_OF_OFFICE: Guard[] = [
  {
    guard: 'nothing is bought from a wholesaler that is switched off',
    file: 'src/fulfilment/offers.ts',
    find: 'account.provider === provider && account.isEnabled)',
    put: 'account.provider === provider)',
    spec: ['routes/admin-providers.test.ts'],
  },
  {
    guard: 'a refund that has not failed is not asked for again',
    file: 'src/payments/refund-again.ts',
    find: "if (refund?.state !== 'failed' || order.status === 'refunded')",
    put: 'if (!refund || order.status === `refunded`)',
    spec: ['routes/admin-inbox.test.ts'],
  },
  {
    guard: 'a refund that is asked for again has a new key',
    file: 'src/payments/refund-again.ts',
    find: 'attempt: refund.attempt + 1,',
    put: 'attempt: refund.attempt,',
    spec: ['routes/admin-inbox.test.ts'],
  },
  {
    guard: 'only a refused mail is queued again',
    file: 'src/mail/queue-again.ts',
    find: "if (mail.status !== 'failed') throw new RuleBroken('errors.mailNotRefused');",
    put: 'void RuleBroken;',
    spec: ['routes/admin-inbox.test.ts'],
  },
  {
    guard: 'what staff is refused stands in the books',
    file: 'src/routes/admin/index.ts',
    find: 'staffOnly, auditRefusals, twoStepFirst);',
    put: 'staffOnly, twoStepFirst);\nvoid auditRefusals;',
    spec: ['routes/admin-reviews.test.ts'],
  },
];
