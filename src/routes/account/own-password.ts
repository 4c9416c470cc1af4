import type { Request } from 'express';
import { passwordFits } from '../../accounts/password.js';
import { countTry, forgiveTry } from '../../middleware/limits.js';
import { sent, type FieldErrors } from '../form.js';

/**
 * Null when the field holds the password of the account that is open in this browser, else what the form says of it:
 * whoever finds the browser open cannot take the account over, nor guess for long.
 */
export async function wrongPassword(req: Request, field: string): Promise<FieldErrors | null> {
  await countTry(req, 'ownPassword');
  if (!(await passwordFits(req.user!.passwordHash, sent(req.body, field))))
    return { [field]: 'errors.password.wrong' };
  await forgiveTry(req, 'ownPassword');
  return null;
}
