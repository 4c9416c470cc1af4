import { z } from 'zod';

/** The law lets a consumer withdraw within fourteen days of the delivery (Directive 2011/83/EU, article 9). */
export const LEAST_RETURN_DAYS = 14;
/** An eSIM that comes back is sold again, long before its operator's own deadline. */
export const MOST_RETURN_DAYS = 60;

/** For how many days an eSIM that nobody has seen can be given back. */
export const returnDays = z
  .int('errors.settings.returnDays')
  .min(LEAST_RETURN_DAYS, 'errors.settings.returnDays')
  .max(MOST_RETURN_DAYS, 'errors.settings.returnDays');
