import passport from 'passport';
import { Strategy } from 'passport-local';
import { User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { passwordFits } from './password.js';

/** What a session keeps of who logged in. */
export interface Login {
  id: string;
  epoch: number;
}

/** Who logs in, by e-mail and password. Unknown, unconfirmed and wrong are the same answer after the same work. */
passport.use(
  new Strategy({ usernameField: 'email' }, (email, password, done) => {
    findByPassword(email, password).then((user) => done(null, user ?? false), done);
  }),
);

passport.serializeUser<Login>((user, done) => done(null, { id: user.id, epoch: user.sessionEpoch }));

passport.deserializeUser<Partial<Login>>(({ id = '', epoch = -1 }, done) => {
  User.findOne({ where: { id, sessionEpoch: epoch, closedAt: null } }).then(
    (user) => done(null, user ?? false),
    done,
  );
});

async function findByPassword(email: string, password: string): Promise<User | null> {
  if (email.length > 254) return null;
  const user = await User.findOne({ where: { email: canonicalEmail(email), closedAt: null } });
  const fits = await passwordFits(user?.passwordHash, password);
  return fits && user?.verified ? user : null;
}
