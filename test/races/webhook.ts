import type { Forgery } from '../../src/simulators/stripe/signature.js';
import { world } from '../support/environment.js';
import { finish, type Rival } from '../support/rivals.js';

const { stripe } = world;

/** Stripe sends an event, or sends it again, to this process; gives what each copy was answered with. */
export const deliver = (event: string, process: Rival, times = 1): Promise<number[]> =>
  to(process, () => stripe.deliver(event, times));

/** Somebody sends an event of his own making. */
export const forge = (event: string, forgery: Forgery, process: Rival): Promise<number> =>
  to(process, () => stripe.forge(event, forgery));

/** A process hears everything that has happened to a session, and works on it. */
export async function hear(session: string, process: Rival) {
  for (const { id, data } of stripe.events()) {
    if ('id' in data.object && data.object.id === session) await deliver(id, process);
  }
  await finish(process, 'inbox');
}

/** Whatever is sent leaves at once, for the address that is known at that moment. */
function to<T>({ url }: Rival, send: () => Promise<T>): Promise<T> {
  const usual = stripe.webhookUrl;
  stripe.webhookUrl = `${url}/webhooks/stripe`;
  try {
    return send();
  } finally {
    stripe.webhookUrl = usual;
  }
}
