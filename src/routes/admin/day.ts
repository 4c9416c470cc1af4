import { z } from 'zod';

/** A day of UTC as a date field sends it; undefined when it is none. */
export const day = z.iso
  .date()
  .transform((text) => new Date(`${text}T00:00:00Z`))
  .optional()
  .catch(undefined);
