/** The simulators' addresses and keys, on the ports next to the shop's own: Stripe +1, mailbox page +2, SMTP +3, Airalo +4, MobiMatter +5, eSIM Card +6. */
export function demoWorld(port: number) {
  const at = (offset: number) => `http://127.0.0.1:${port + offset}`;
  return {
    STRIPE_API_BASE: at(1),
    STRIPE_SECRET_KEY: 'sk_test_simulator',
    STRIPE_WEBHOOK_SECRET: 'whsec_simulator',
    SMTP_URL: `smtp://127.0.0.1:${port + 3}`,
    AIRALO_BASE_URL: `${at(4)}/v2`,
    AIRALO_CLIENT_ID: 'simulated-client',
    AIRALO_CLIENT_SECRET: 'simulated-secret',
    MOBIMATTER_BASE_URL: `${at(5)}/mobimatter/api/v2`,
    MOBIMATTER_API_KEY: 'simulated-key',
    MOBIMATTER_MERCHANT_ID: 'simulated-merchant',
    ESIMCARD_BASE_URL: `${at(6)}/api/developer/reseller`,
    ESIMCARD_EMAIL: 'shop@example.com',
    ESIMCARD_PASSWORD: 'simulated-password',
  };
}
