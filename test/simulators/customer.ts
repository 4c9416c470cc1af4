import {
  airaloCaller,
  esimCardCaller,
  mobiMatterCaller,
  type Json,
  type Reply,
  type Wholesalers,
} from './shop.js';

export type Name = keyof Wholesalers;
export const NAMES: Name[] = ['airalo', 'mobiMatter', 'esimCard'];

/** Buys and looks up at all three in one way, with the fault named by the SKU's ending. */
export async function customerOf(wholesalers: Wholesalers) {
  const callers = {
    airalo: await airaloCaller(wholesalers),
    mobiMatter: mobiMatterCaller(wholesalers),
    esimCard: esimCardCaller(wholesalers),
  };
  const buying: Record<Name, (sku: string) => Promise<Reply>> = {
    airalo: (sku) => callers.airalo('POST', '/orders', { package_id: sku, quantity: 1 }),
    esimCard: (sku) => callers.esimCard('POST', '/package/purchase', { package_type_id: sku }),
    mobiMatter: async (sku) => {
      const created = await callers.mobiMatter('POST', '/order', { productId: sku });
      if (created.status !== 200) return created;
      return callers.mobiMatter('PUT', '/order/complete', { orderId: created.body['result'].orderId });
    },
  };
  const lookingUp: Record<Name, (orderId?: string) => Promise<Reply>> = {
    airalo: (orderId) => callers.airalo('GET', `/orders/${orderId}?include=sims`),
    esimCard: () => callers.esimCard('GET', '/my-esims'),
    mobiMatter: (orderId) => callers.mobiMatter('GET', `/order/${orderId}`),
  };
  return {
    callers,
    buy: (name: Name, ending: string) => buying[name](`japan-7days-1gb-${ending}`),
    bought: (name: Name) => wholesalers[name].ledger().length,
    /** What the wholesaler tells of its first order, as text. */
    lookUp: async (name: Name) => {
      const { body } = await lookingUp[name](wholesalers[name].ledger()[0]?.providerOrderId);
      return JSON.stringify(body satisfies Json);
    },
  };
}
