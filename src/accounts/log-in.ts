import passport from 'passport';
import { Strategy } from 'passport-local';
import { User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { passwordFits } from './password.js';

/** Who logs in, by e-mail and password. Unknown address and wrong password are the same answer after the same work. */
passport.use(
  new Strategy({ usernameField: 'email' }, (email, password, done) => {
    findByPassword(email, password).then((user) => done(null, user ?? false), done);
  }),
);

passport.serializeUser((user, done) => done(null, user.id));

passport.deserializeUser((id: string, done) => {
  User.findOne({ where: { id, closedAt: null } }).then((user) => done(null, user ?? false), done);
});

async function findByPassword(email: string, password: string): Promise<User | null> {
  if (email.length > 254 || password.length > 1024) return null;
  const user = await User.findOne({ where: { email: canonicalEmail(email), closedAt: null } });
  const fits = await passwordFits(user?.passwordHash, password);
  return fits && user?.passwordHash ? user : null;
}
