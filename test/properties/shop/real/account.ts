import { hashPassword } from '../../../../src/accounts/password.js';
import { Session, User } from '../../../../src/models/index.js';
import { aUser } from '../../../support/factories.js';
import { Visitor } from '../../../support/visitor.js';

const PASSWORD = 'a long enough password';

/** Somebody logged in, who stays so: the rows that say it are put back into every new database. */
async function logIn(email: string) {
  const visitor = new Visitor();
  const user = await aUser({ email, passwordHash: await hashPassword(PASSWORD) });
  await visitor.post('/login', { email, password: PASSWORD });
  const session = await Session.findOne({ rejectOnEmpty: true });
  const rows = { user: { ...user.get() }, session: { ...session.get() } };
  await session.destroy();
  return {
    visitor,
    userId: user.id,
    async putBack() {
      await User.create(rows.user);
      await Session.create(rows.session);
    },
  };
}

export const logInBoth = async () => ({
  bob: await logIn('bob@example.com'),
  carol: await logIn('carol@example.com'),
});

export type Accounts = Awaited<ReturnType<typeof logInBoth>>;
export type Member = keyof Accounts;
