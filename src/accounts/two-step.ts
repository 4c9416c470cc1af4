import { forUpdate, log, tx } from '../database.js';
import { keyFor, seal, unseal } from '../lib/seal.js';
import { alertOwners } from '../mail/access-alerts.js';
import { AuditLog, RecoveryCode, User } from '../models/index.js';
import { NO_TWO_STEP } from '../models/user.js';
import { settings } from '../settings.js';
import { endSessions } from './end-sessions.js';
import { isAppCode, newRecoveryCodes, stepOf, withoutGaps } from './two-step-codes.js';

const key = keyFor('two-step', settings.twoStepSecret);

/** Of one account: it opens for no other. */
export const sealSecret = (secret: string, { id }: User) => seal(secret, id, key);

/** Null when it was sealed with another key: the recovery codes still let its owner in. */
export function openSecret(sealed: string, { id }: User): string | null {
  try {
    return unseal(sealed, id, key);
  } catch {
    log.error({ user: id }, 'the secret of a second step cannot be opened: was its key changed?');
    return null;
  }
}

/**
 * From now on the account asks for the codes of an app with this secret, of which `typed` is the first. Ends its sessions
 * and gives recovery codes, which cannot be read again; null, and nothing changed, when the code is wrong.
 */
export async function beginTwoStep({ id }: User, secret: string, typed: string) {
  const used = isAppCode(typed) ? stepOf(secret, withoutGaps(typed)) : null;
  if (used === null) return null;
  return tx(async () => {
    const user = await User.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
    const before = { twoStep: user.hasTwoStep() };
    await user.update({ twoStepSecret: sealSecret(secret, user), twoStepUsed: used });
    await endSessions(user);
    await AuditLog.record(user, 'begin_two_step', user, before, { twoStep: true });
    return { user, codes: await giveRecoveryCodes(user) };
  });
}

/** In place of those before. */
export async function renewRecoveryCodes({ id }: User): Promise<string[]> {
  return tx(async () => {
    const user = await User.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
    await AuditLog.record(user, 'renew_recovery_codes', user, null, null);
    return giveRecoveryCodes(user);
  });
}

async function giveRecoveryCodes({ id }: User) {
  const codes = newRecoveryCodes();
  await RecoveryCode.replace(id, codes.map(withoutGaps));
  return codes;
}

/** Whether this is a code of the account's app, or a recovery code; and never again after it was one. */
export function passesTwoStep({ id }: User, typed: string): Promise<boolean> {
  return tx(async () => {
    const user = await User.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
    return isAppCode(typed)
      ? useAppCode(user, withoutGaps(typed))
      : useRecoveryCode(user, withoutGaps(typed));
  });
}

async function useAppCode(user: User, code: string) {
  const secret = user.twoStepSecret && openSecret(user.twoStepSecret, user);
  const step = secret ? stepOf(secret, code) : null;
  if (step === null || step <= user.twoStepUsed!) return false;
  await user.update({ twoStepUsed: step });
  return true;
}

async function useRecoveryCode(user: User, code: string) {
  if (!user.hasTwoStep() || !(await RecoveryCode.use(user.id, code))) return false;
  const left = await RecoveryCode.left(user.id);
  await alertOwners(await AuditLog.record(user, 'use_recovery_code', user, { left: left + 1 }, { left }));
  return true;
}

/** The account has no second step any more; its row is locked. Inside the caller's transaction. */
export async function endTwoStep(user: User) {
  await user.update(NO_TWO_STEP);
  await RecoveryCode.destroy({ where: { userId: user.id } });
}
