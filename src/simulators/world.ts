import { join } from 'node:path';
import type { Settings } from '../settings.js';
import { startMailbox } from './mailbox/index.js';
import { startStripe } from './stripe/index.js';
import { startWholesalers } from './start-wholesalers.js';

const portOf = (url: string | undefined) => Number(new URL(url!).port);

/**
 * The outside world of a demo: Stripe, the three wholesalers and a mailbox, each at the address that the settings name.
 * Their books lie beside the shop's, so both survive a restart together.
 */
export async function startWorld({ stripe, providers, mail, dataDir, port }: Settings) {
  const journalDir = join(dataDir, 'simulators');
  const webhookUrl = `http://127.0.0.1:${port}/webhooks/stripe`;
  const [payments, wholesalers, mailbox] = await Promise.all([
    startStripe({
      port: portOf(stripe.apiBase),
      journalDir,
      webhookUrl,
      webhookSecret: stripe.webhookSecrets[0]!,
    }),
    startWholesalers({
      journalDir,
      ports: {
        airalo: portOf(providers.airalo?.baseUrl),
        mobiMatter: portOf(providers.mobiMatter?.baseUrl),
        esimCard: portOf(providers.esimCard?.baseUrl),
      },
    }),
    startMailbox({ smtpPort: portOf(mail.smtpUrl), httpPort: port + 2, journalDir }),
  ]);
  return {
    addresses: {
      'Stripe (pay, transfers, webhooks)': `${payments.url}/control`,
      'eSIM Card (faults, purchases)': wholesalers.esimCard.controlUrl,
      'MobiMatter (faults, purchases)': wholesalers.mobiMatter.controlUrl,
      'Airalo (faults, purchases)': wholesalers.airalo.controlUrl,
    },
    mailbox: mailbox.url,
    close: async () => {
      await Promise.all([payments, mailbox, ...Object.values(wholesalers)].map((part) => part.close()));
    },
  };
}
