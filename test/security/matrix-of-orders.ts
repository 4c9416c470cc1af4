import type { Entry } from './matrix.js';

const admin: Entry = { who: 'admin' };

/** See matrix.ts. */
export const MATRIX_OF_ORDERS: Record<string, Entry> = {
  'GET /admin/exports': admin,
  'POST /admin/exports': { ...admin, form: () => ({ kind: 'coupons' }) },
  'GET /admin/exports/:id': { ...admin, at: () => '/admin/exports/nobodysexport00' },
  'GET /admin/exports/:id/file': { ...admin, at: () => '/admin/exports/nobodysexport00/file' },
};
