/** A list of the back office, and where its last page begins. */
export interface AdminList {
  /** With its filters. */
  address: string;
  /** The rows that it shows; none where it is one page. */
  rows?: {
    table: string;
    /** In SQL, without parameters. */
    where?: string;
    /** The column that the list goes by, `created` unless told; `newest` first unless it is a queue. */
    column?: string;
    direction?: 'ASC' | 'DESC';
  };
  /** The name of the cursor in the address: `after` unless told. */
  cursor?: string;
}

const orders = (query: string, where = 'TRUE'): AdminList => ({
  address: `/admin/orders${query}`,
  rows: { table: 'orders', where },
});

const facet = (name: string, value: string) => [
  `${name}=${encodeURIComponent(value)}`,
  `${name} = '${value}'`,
];

/** The filters that the list of orders is asked with, alone and together, frequent values and rare ones. */
const FILTERS = [
  [facet('status', 'completed')],
  [facet('status', 'failed')],
  [facet('payment_status', 'failed')],
  [facet('provider', 'eSIM Card')],
  [facet('country', 'JP')],
  [facet('country', 'IS'), facet('status', 'failed')],
  [facet('country', 'AQ')],
  [facet('status', 'completed'), facet('provider', 'Airalo'), facet('country', 'US')],
  [facet('payment_status', 'paid'), facet('provider', 'MobiMatter')],
  [
    ['from=2026-01-01', `created >= '2026-01-01'`],
    ['to=2026-03-31', `created < '2026-04-01'`],
  ],
  [facet('status', 'failed'), facet('provider', 'eSIM Card'), ['from=2026-01-01', `created >= '2026-01-01'`]],
];

const searches = [
  '8944000000000500000',
  'WO-0000500000',
  'pi_3Seed000000400000',
  're_3Seed000000000005',
  'mina.kim',
  'mina.kim0@example.com',
  'nothing-like-it',
].map((q): AdminList => ({ address: `/admin/orders?q=${q}` }));

/** Add a line for each list of the back office. */
export const LISTS: AdminList[] = [
  orders(''),
  ...FILTERS.map((chosen) =>
    orders(`?${chosen.map(([query]) => query).join('&')}`, chosen.map(([, where]) => where).join(' AND ')),
  ),
  ...searches,
  {
    address: '/admin/reviews?state=waiting',
    rows: { table: 'reviews', where: 'NOT is_approved AND rejected_at IS NULL', direction: 'ASC' },
  },
  { address: '/admin/reviews?state=shown', rows: { table: 'reviews', where: 'is_approved' } },
  {
    address: '/admin/contact-requests?state=answered',
    rows: { table: 'contact_requests', where: `state = 'answered'` },
    cursor: 'before',
  },
  { address: '/admin' },
  { address: '/admin/inbox' },
  ...[
    ['products', 'esim_products', 'archived_at IS NULL'],
    ['products?sort=name', 'esim_products', 'archived_at IS NULL', 'name', 'ASC'],
    ['products?sort=stock', 'esim_products', 'archived_at IS NULL', 'stock', 'ASC'],
    ['products?country=JP', 'esim_products', `archived_at IS NULL AND country = 'JP'`],
    ['products?provider=Airalo', 'esim_products', `archived_at IS NULL AND provider = 'Airalo'`],
    ['products?featured=yes', 'esim_products', 'archived_at IS NULL AND is_featured'],
    ['customers', 'customers'],
    ['customers?sort=orders', 'customers', 'TRUE', 'total_orders'],
    ['audit', 'audit_logs'],
    ['audit?action=refund', 'audit_logs', `action = 'refund'`],
    ['coupons', 'coupons'],
    ['emails', 'email_logs', 'TRUE', 'created', 'DESC', 'before'],
    ['emails?status=failed', 'email_logs', `status = 'failed'`, 'created', 'DESC', 'before'],
    ['emails?kind=order_failed', 'email_logs', `kind = 'order_failed'`, 'created', 'DESC', 'before'],
    ['automation-logs', 'automation_logs', 'TRUE', 'created', 'DESC', 'before'],
    ['automation-logs?step=refund', 'automation_logs', `step = 'refund'`, 'created', 'DESC', 'before'],
    ['webhooks', 'webhook_events', 'TRUE', 'created', 'DESC', 'before'],
    ['webhooks?state=received', 'webhook_events', `state = 'received'`, 'created', 'DESC', 'before'],
    ['provider-sync-logs', 'provider_sync_logs', 'TRUE', 'created', 'DESC', 'before'],
  ].map(
    ([
      address,
      table,
      where = 'TRUE',
      column = 'created',
      direction = 'DESC',
      cursor = 'after',
    ]): AdminList => ({
      address: `/admin/${address!}`,
      rows: { table: table!, where, column, direction: direction as 'ASC' | 'DESC' },
      cursor,
    }),
  ),
  { address: '/admin/products?q=Japan' },
  { address: '/admin/customers?q=mina' },
  { address: '/admin/emails?recipient=mina.kim0@example.com' },
  { address: '/admin/users?q=mina' },
];
