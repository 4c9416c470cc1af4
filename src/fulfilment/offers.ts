import { FulfilmentAttempt, Product, ProviderAccount, ProviderOffer, type Order } from '../models/index.js';
import type { Provider, ProviderName } from '../providers/provider.js';
import { providers } from './providers.js';

/** One way to buy what was sold: a wholesaler and its own product id, never another wholesaler's. */
export interface Offer {
  provider: Provider;
  sku: string;
}

/** A purchase that certainly did not happen is tried once more with the same wholesaler before the next is asked. */
const ABANDONED_LIMIT = 2;
/** And once more before the money goes back: it may have been this shop that died twice, not the wholesaler that failed. */
const LAST_TRY = 3;
const RATE_LIMITED_LIMIT = 5;

/** The offers still to be tried for an order: the product's own first, then the others by priority. */
export async function offersLeft(order: Order): Promise<Offer[]> {
  const attempts = await FulfilmentAttempt.findAll({ where: { orderId: order.id } });
  const offers = await offersFor(order);
  const left = (tries: number) => offers.filter((offer) => !usedUp(offer, attempts, tries));
  const fresh = left(ABANDONED_LIMIT);
  return fresh.length > 0 ? fresh : left(LAST_TRY);
}

/** Of one priority, the wholesaler that staff put first in line; one that staff switched off is not asked. */
async function offersFor(order: Order): Promise<Offer[]> {
  const product = await Product.findByPk(order.productId, { rejectOnEmpty: true });
  const line = await ProviderAccount.inLine();
  const placeOf = (offer: ProviderOffer) => line.findIndex(({ provider }) => provider === offer.provider);
  const others = await ProviderOffer.findAll({
    where: { productId: product.id, isAvailable: true },
    order: [
      ['costMinor', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  const affordable = others
    .filter(({ costMinor }) => costMinor < product.priceMinor)
    .toSorted((one, other) => one.priority - other.priority || placeOf(one) - placeOf(other));
  return [product, ...affordable]
    .filter(({ provider }) => line.some((account) => account.provider === provider && account.isEnabled))
    .flatMap(({ provider, providerProductId }) => offerOf(provider, providerProductId));
}

function offerOf(name: ProviderName, sku: string): Offer[] {
  const provider = providers.get(name);
  return provider ? [{ provider, sku }] : [];
}

function usedUp({ provider, sku }: Offer, attempts: FulfilmentAttempt[], tries: number) {
  const tried = attempts.filter(
    (attempt) => attempt.provider === provider.name && attempt.providerProductId === sku,
  );
  const rateLimited = tried.filter((attempt) => attempt.reason === 'rate_limited').length;
  const abandoned = tried.filter((attempt) => attempt.state === 'abandoned').length;
  const refused = tried.some((attempt) => attempt.state === 'rejected' && attempt.reason !== 'rate_limited');
  return refused || abandoned >= tries || rateLimited >= RATE_LIMITED_LIMIT;
}
