import type { Values } from './environment.js';

/** What is missing whatever the purpose. */
export function unfinished(values: Values): string[] {
  const need = (name: keyof Values, because: string) =>
    values[name] === undefined ? [`${name}: ${because}`] : [];
  return [
    ...need('STRIPE_SECRET_KEY', 'needed to take payments'),
    ...(/[^\s,]/.test(values.STRIPE_WEBHOOK_SECRET ?? '')
      ? []
      : ['STRIPE_WEBHOOK_SECRET: needed to believe what Stripe reports']),
    ...need('SMTP_URL', 'needed to mail eSIMs'),
    ...(values.AIRALO_CLIENT_ID ? need('AIRALO_CLIENT_SECRET', 'belongs to AIRALO_CLIENT_ID') : []),
    ...(values.MOBIMATTER_API_KEY ? need('MOBIMATTER_MERCHANT_ID', 'belongs to MOBIMATTER_API_KEY') : []),
    ...(values.ESIMCARD_EMAIL ? need('ESIMCARD_PASSWORD', 'belongs to ESIMCARD_EMAIL') : []),
    ...(values.AIRALO_CLIENT_ID || values.MOBIMATTER_API_KEY || values.ESIMCARD_EMAIL || values.ESIMCARD_TOKEN
      ? []
      : ['AIRALO_*, MOBIMATTER_*, ESIMCARD_*: at least one wholesaler is needed to have something to sell']),
    ...(values.WEB_CONCURRENCY > 1 && !values.DATABASE_URL?.startsWith('postgres')
      ? ['WEB_CONCURRENCY: more than one process needs PostgreSQL in DATABASE_URL']
      : []),
  ];
}

/** What must not meet real customers and real money. */
export function unfitForProduction(values: Values): string[] {
  const problems: string[] = [];
  if (!values.PUBLIC_URL?.startsWith('https://'))
    problems.push('PUBLIC_URL: the https address of the shop is needed');
  if (!values.SESSION_SECRET) problems.push('SESSION_SECRET: at least 32 random characters are needed');
  if (!values.MAIL_FROM) problems.push('MAIL_FROM: the sender of the mails is needed');
  if (values.STRIPE_SECRET_KEY && !/^(sk|rk)_live_/.test(values.STRIPE_SECRET_KEY)) {
    problems.push('STRIPE_SECRET_KEY: a test key cannot take real payments');
  }
  if (values.TRUST_PROXY === 0)
    problems.push('TRUST_PROXY: https ends at a proxy; say how many stand in front (1 on most platforms)');
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !/^(https?|smtps?):/i.test(value)) continue;
    if (/^http:/i.test(value) && name !== 'PUBLIC_URL')
      problems.push(`${name}: keys are sent over https only`);
    if (isLoopback(value)) {
      problems.push(`${name}: a loopback address is a simulator, which production refuses`);
    }
  }
  return problems;
}

/** What must not happen while somebody only tries the shop: real money in, or real eSIMs out for a test card. */
export function unfitForTrying(values: Values): string[] {
  const problems: string[] = [];
  if (values.STRIPE_SECRET_KEY?.includes('_live_')) {
    problems.push('STRIPE_SECRET_KEY: a live key takes real money; set NODE_ENV=production for that');
  }
  const wholesalers = [
    ['AIRALO_BASE_URL', values.AIRALO_CLIENT_ID],
    ['MOBIMATTER_BASE_URL', values.MOBIMATTER_API_KEY],
    ['ESIMCARD_BASE_URL', values.ESIMCARD_TOKEN ?? values.ESIMCARD_EMAIL],
  ] as const;
  for (const [address, key] of wholesalers) {
    if (key && !values[address]) problems.push(`${address}: outside production say which sandbox is meant`);
  }
  return problems;
}

function isLoopback(url: string) {
  const hostname = new URL(url).hostname.toLowerCase().replace(/\.$/, '');
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '0.0.0.0' ||
    hostname.startsWith('127.') ||
    // Every IPv6 literal that begins so is this machine, also as a written-out IPv4 one.
    hostname.startsWith('[::')
  );
}
