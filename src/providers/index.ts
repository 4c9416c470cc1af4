import { Airalo } from './airalo/airalo.js';
import type { AiraloOptions } from './airalo/api.js';
import type { EsimCardOptions } from './esim-card/api.js';
import { EsimCard } from './esim-card/esim-card.js';
import type { MobiMatterOptions } from './mobimatter/api.js';
import { MobiMatter } from './mobimatter/mobimatter.js';
import type { Provider, ProviderName } from './provider.js';

export { Airalo } from './airalo/airalo.js';
export { AIRALO_BASE_URL, type AiraloOptions } from './airalo/api.js';
export { ESIM_CARD_BASE_URL, type EsimCardOptions } from './esim-card/api.js';
export { EsimCard } from './esim-card/esim-card.js';
export { MOBIMATTER_BASE_URL, type MobiMatterOptions } from './mobimatter/api.js';
export { MobiMatter } from './mobimatter/mobimatter.js';
export { ProviderError } from './provider-error.js';
export * from './provider.js';

/** A wholesaler without settings is not used. */
export interface ProviderSettings {
  airalo?: AiraloOptions | undefined;
  mobiMatter?: MobiMatterOptions | undefined;
  esimCard?: EsimCardOptions | undefined;
}

export function createProviders(settings: ProviderSettings): Map<ProviderName, Provider> {
  const providers: Provider[] = [
    ...(settings.esimCard ? [new EsimCard(settings.esimCard)] : []),
    ...(settings.mobiMatter ? [new MobiMatter(settings.mobiMatter)] : []),
    ...(settings.airalo ? [new Airalo(settings.airalo)] : []),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}
