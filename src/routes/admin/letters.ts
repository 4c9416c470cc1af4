import { z } from 'zod';
import { canonicalEmail } from '../../models/rules.js';

/** What somebody types to find an address by its beginning; nothing else than what an address can hold. */
export const lettersOf = z
  .string()
  .max(254)
  .transform(canonicalEmail)
  .refine((letters) => /^[!-~]*$/.test(letters))
  .catch('');
