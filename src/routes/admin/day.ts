import { z } from 'zod';

/** A day as a date field sends it, of the years that a shop can have sold in: databases know no year 0. */
export const dayText = z.iso.date().refine((text) => text >= '1970' && text < '9999');

/** A day of UTC; undefined when it is none. */
export const day = dayText
  .transform((text) => new Date(`${text}T00:00:00Z`))
  .optional()
  .catch(undefined);
