import { tx } from '../database.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import type { User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';

/** Asks the new address; nothing changes before its owner confirms. Whether it has an account already, only the mail says. */
export async function askForNewEmail(user: User, email: string) {
  await tx(() => queueAccountMail('email_change', canonicalEmail(email), user.language, user));
  wake();
}
