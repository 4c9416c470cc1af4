import type { ProviderName } from './provider.js';

/** A wholesaler could not be read. Purchases and look-ups never throw it: they have an outcome for that. */
export class ProviderError extends Error {
  override name = 'ProviderError';

  constructor(
    readonly provider: ProviderName,
    message: string,
  ) {
    super(`${provider}: ${message}`);
  }
}
