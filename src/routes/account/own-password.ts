import type { Request } from 'express';
import { passwordFits } from '../../accounts/password.js';
import { passesTwoStep } from '../../accounts/two-step.js';
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

/** The same for the code of the second step, if the account has one: null when `code` is right, or not needed. */
export async function wrongCode(req: Request): Promise<FieldErrors | null> {
  if (!req.user!.hasTwoStep()) return null;
  await countTry(req, 'ownCode');
  if (!(await passesTwoStep(req.user!, sent(req.body, 'code')))) return { code: 'errors.twoStep.wrong' };
  await forgiveTry(req, 'ownCode');
  return null;
}
