import { z } from 'zod';
import { detail } from '../activation.js';
import { costOf } from '../cents.js';
import { contentOf } from '../wire.js';
import type { EsimCardApi } from './api.js';

// eSIM Card reseller API, "package/detail/{id}". No currency is given anywhere; dollars are assumed.
const PackageAnswer = z.object({
  status: z.literal(true),
  data: z.object({ name: z.string().min(1), price: detail }),
});

export interface Package {
  name: string;
  priceMinor: number | null;
}

export async function readPackage(sku: string, api: EsimCardApi): Promise<Package | null> {
  const data = contentOf(PackageAnswer, await api.read(`/package/detail/${encodeURIComponent(sku)}`))?.data;
  return data ? { name: data.name, priceMinor: costOf(data.price) } : null;
}

/** eSIMs name their package, without its id, in `last_bundle`. */
export const isNameOf = (plan: Package, bundle: string) => plain(bundle) === plain(plan.name);

const plain = (name: string) => name.trim().replace(/\s+/g, ' ').toLowerCase();
