import { createProviders } from '../providers/index.js';
import { settings } from '../settings.js';

/** The wholesalers that the settings name. */
export const providers = createProviders(settings.providers);
