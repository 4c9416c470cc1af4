import { forUpdate, tx } from '../database.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { wasMadeMeanwhile } from './mailbox-account.js';
import { hashPassword } from './password.js';

export interface Registration {
  email: string;
  name: string | null;
  password: string;
  language: string;
}

/** The same work and the same answer for a known and an unknown address; only the mail to it says which it was. */
export async function register({ email, password, ...rest }: Registration) {
  const form = { ...rest, email: canonicalEmail(email), passwordHash: await hashPassword(password) };
  try {
    await tx(() => write(form));
  } catch (error) {
    // Sent twice at once: the other one made the account, before this one looked or just after.
    if (!wasMadeMeanwhile(error)) throw error;
    await tx(() => write(form));
  }
  wake();
}

async function write(form: { email: string; name: string | null; passwordHash: string; language: string }) {
  const known = await User.findOne({ where: { email: form.email }, ...forUpdate });
  if (!known) await User.create(form);
  // Nobody has shown yet that the address is theirs: the last form counts.
  else if (!known.verified) await known.update(form);
  await queueAccountMail('registration', form.email, form.language);
}

/** Asks for the mail once more; it comes only to who has registered. */
export async function sendConfirmationAgain(email: string, language: string) {
  await tx(() => queueAccountMail('registration', canonicalEmail(email), language));
  wake();
}
