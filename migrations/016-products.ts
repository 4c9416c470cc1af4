import type { Schema } from './dialect.js';
import { written } from './fields.js';

/** What the back office does with plans: put away what was sold once, find among 100,000, read a price list in two steps. */
export async function up(schema: Schema) {
  await plansAreArchived(schema);
  await staffFindsPlans(schema);
  await priceListsWait(schema);
}

/** Neither staff nor the stock puts an archived plan on the shelf: both switches are off, and the CHECK keeps them off. */
async function plansAreArchived(schema: Schema) {
  await schema.column(
    'esim_products',
    'archived_at TIMESTAMPTZ CHECK (archived_at IS NULL OR NOT (is_active OR deactivated_by_stock))',
  );
}

/** Each way to sort, with all that a list is filtered by behind it: what is left out never costs a look at its row. */
async function staffFindsPlans(schema: Schema) {
  const filters = 'archived_at, is_active, deactivated_by_stock, is_featured, country, provider';
  const sorted = (name: string, columns: string) =>
    schema.index('esim_products', name, `${columns}, ${filters}`);
  await sorted('idx_products_newest', 'created DESC, id DESC, currency');
  await sorted('idx_products_by_name', 'name, id, currency');
  await sorted('idx_products_by_price', 'currency, price_minor, id');
  await sorted('idx_products_by_stock', 'stock, id, currency');
  await schema.index('esim_products', 'idx_products_called', schema.startOf('name'));
  await schema.index('esim_products', 'idx_products_addressed', schema.startOf('slug'));
  await schema.index('esim_products', 'idx_products_sku', schema.startOf('provider_product_id'));
  await schema.index(
    'esim_products',
    'idx_products_regional',
    'currency, cost_minor',
    'coverage IS NOT NULL',
  );
}

/** A price list between the reading and the pressing of the button. */
async function priceListsWait(schema: Schema) {
  await schema.table(
    'price_list_uploads',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     uploaded_by TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     file_name TEXT NOT NULL CHECK (${written('file_name', 200)}),
     content TEXT NOT NULL,
     sets_stock BOOLEAN NOT NULL DEFAULT FALSE,
     all_or_none BOOLEAN NOT NULL DEFAULT FALSE,
     preview JSONB NOT NULL,
     seen JSONB NOT NULL,
     state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'applying', 'done')),
     plans_done INTEGER NOT NULL DEFAULT 0 CHECK (plans_done >= 0),
     report JSONB,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('price_list_uploads', 'idx_price_list_uploads_newest', 'created DESC, id DESC');
}
