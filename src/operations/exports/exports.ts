import type { OrderFilter } from '../../checkout/order-filter.js';
import { tx } from '../../database.js';
import { NotFound } from '../../errors.js';
import { AuditLog, Export, type User } from '../../models/index.js';
import type { ExportKind } from '../../models/export.js';
import { NEWEST_FIRST } from '../../models/newest-first.js';
import { coupons } from './coupons.js';
import type { Kind } from './kind.js';
import { orders } from './orders.js';
import { audit, customers, reviews } from './people.js';
import { products } from './products.js';

const LATEST = 20;

export const kindOf = ({ kind, filter }: Pick<Export, 'kind' | 'filter'>): Kind =>
  kind === 'orders' ? orders(filter as OrderFilter) : { products, customers, reviews, coupons, audit }[kind];

/** Writes down that `staff` wants a file; the filter counts for orders alone. The download makes it. */
export async function requestExport(kind: ExportKind, asked: OrderFilter, staff: User): Promise<Export> {
  const filter = kind === 'orders' ? ({ ...asked } as Record<string, string>) : {};
  const rowsTotal = await kindOf({ kind, filter }).count();
  return tx(async () => {
    const file = await Export.create({ actorId: staff.id, kind, filter, rowsTotal });
    await AuditLog.record(staff, 'export', file, null, { kind, filter, rows: rowsTotal });
    return file;
  });
}

/** Throws NotFound. */
export const findExport = (id: string) => Export.findOne({ where: { id }, rejectOnEmpty: new NotFound() });

export const latestExports = () => Export.findAll({ order: NEWEST_FIRST, limit: LATEST });
