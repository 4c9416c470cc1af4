import type { Entry } from './matrix.js';
import type { Scene } from './cast.js';

const staff: Entry = { who: 'staff' };
const admin: Entry = { who: 'admin' };

const ofColleague =
  (page: string) =>
  ({ users }: Scene) =>
    `/admin/users/${users['other user'].id}${page}`;

const nobodysCustomer = (page: string) => () => `/admin/customers/nobodyscustomer${page}`;

/** Who comes in, and by how many steps; staff, customers, the books and the settings. */
export const MATRIX_OF_ACCESS: Record<string, Entry> = {
  // Without a password that was right a moment ago it leads to the first page.
  'GET /login/code': { who: 'everyone' },
  'POST /login/code': { who: 'everyone' },

  'GET /admin/confirm': staff,
  'POST /admin/confirm': staff,
  'GET /admin/two-step': staff,
  'GET /admin/two-step/new': staff,
  'POST /admin/two-step/new': staff,
  'GET /admin/two-step/recovery-codes': staff,
  'POST /admin/two-step/recovery-codes': staff,

  'GET /admin/users': staff,
  'GET /admin/users/invitation': admin,
  'POST /admin/users/invitation': admin,
  'GET /admin/users/:id': { ...staff, at: ofColleague('') },
  'GET /admin/users/:id/role': { ...admin, at: ofColleague('/role') },
  'POST /admin/users/:id/role': { ...admin, at: ofColleague('/role') },
  'GET /admin/users/:id/two-step': { ...admin, at: ofColleague('/two-step') },
  'POST /admin/users/:id/two-step': { ...admin, at: ofColleague('/two-step') },
  // Of nobody, so that no role of the scene is logged out.
  'POST /admin/users/:id/sessions/end': { ...admin, at: () => '/admin/users/nobodysaccount0/sessions/end' },
  'POST /admin/users/:id/invitation': { ...admin, at: ofColleague('/invitation') },

  'GET /admin/customers': staff,
  'GET /admin/customers/:id': { ...staff, at: nobodysCustomer('') },
  'GET /admin/customers/:id/erasure': { ...admin, at: nobodysCustomer('/erasure') },
  'POST /admin/customers/:id/erasure': { ...admin, at: nobodysCustomer('/erasure') },

  'GET /admin/audit': staff,
  'GET /admin/settings': staff,
  'POST /admin/settings': admin,
};
