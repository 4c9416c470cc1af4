import type { Entry } from './matrix.js';

const staff: Entry = { who: 'staff' };
const admin: Entry = { who: 'admin' };
const at = (path: string): Pick<Entry, 'at'> => ({ at: () => path });

/** Dashboard, inbox, wholesalers and logs. */
export const MATRIX_OF_OFFICE: Record<string, Entry> = {
  'GET /admin': staff,
  'GET /admin/inbox': staff,
  'GET /admin/providers': staff,
  'GET /admin/providers/:provider/switch-off': { ...admin, ...at('/admin/providers/Airalo/switch-off') },
  'POST /admin/providers/:provider/switch-off': { ...admin, ...at('/admin/providers/Airalo/switch-off') },
  'POST /admin/providers/:provider/switch-on': { ...admin, ...at('/admin/providers/Airalo/switch-on') },
  'POST /admin/providers/:provider/up': { ...admin, ...at('/admin/providers/Airalo/up') },
  'POST /admin/providers/:provider/low-balance': {
    ...admin,
    ...at('/admin/providers/Airalo/low-balance'),
    form: () => ({ low_balance: '20' }),
  },
  'POST /admin/providers/:provider/test': { ...staff, ...at('/admin/providers/Airalo/test') },
  'GET /admin/emails': staff,
  'POST /admin/emails/:id/again': { ...staff, ...at('/admin/emails/nobodysletter00/again') },
  'POST /admin/emails/:id/dismissal': { ...staff, ...at('/admin/emails/nobodysletter00/dismissal') },
  'GET /admin/automation-logs': staff,
  'GET /admin/provider-sync-logs': staff,
  'GET /admin/webhooks': staff,
  'POST /admin/webhooks/:id/replay': { ...admin, ...at('/admin/webhooks/nobodysevent000/replay') },
  'POST /admin/orders/:order_id/refund/again': {
    ...admin,
    at: ({ orders }) => `/admin/orders/${orders.owner.publicId}/refund/again`,
  },
};
