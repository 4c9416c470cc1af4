import session from 'express-session';
import { Op } from 'sequelize';
import { DAY, HOUR, clock } from '../lib/clock.js';
import { Session } from '../models/index.js';
import { settings } from '../settings.js';

declare module 'express-session' {
  interface SessionData {
    /** Key of the guest's cart in cart_items. */
    guestKey: string;
    couponCode: string;
    /** When somebody logged in, epoch milliseconds. */
    loggedInAt: number;
    /** The id under which the database knows it; never stored itself. */
    storedAs?: string;
  }
}

const LIFE = 30 * DAY;
/** A visit moves the end of the session on, at most this often: reading a page need not write. */
const TOUCH_EVERY = HOUR;

const ignore = () => {};

class DatabaseStore extends session.Store {
  override get(sid: string, done: (error: unknown, data?: session.SessionData | null) => void) {
    Session.findOne({ where: { sid, expiresAt: { [Op.gt]: clock.now() } } }).then(
      (row) => done(null, row ? { ...(JSON.parse(row.data) as session.SessionData), storedAs: sid } : null),
      done,
    );
  }

  /** A session that was stored before is only ever changed: a request under way must not bring back one that was ended. */
  override set(
    sid: string,
    { storedAs, ...content }: session.SessionData,
    done: (error?: unknown) => void = ignore,
  ) {
    const row = { sid, data: JSON.stringify(content), expiresAt: clock.now() + LIFE };
    const written = storedAs === sid ? Session.update(row, { where: { sid } }) : Session.upsert(row);
    written.then(() => done(), done);
  }

  override destroy(sid: string, done: (error?: unknown) => void = ignore) {
    Session.destroy({ where: { sid } }).then(() => done(), done);
  }

  override touch(sid: string, _data: session.SessionData, done: () => void = ignore) {
    const now = clock.now();
    Session.update(
      { expiresAt: now + LIFE },
      { where: { sid, expiresAt: { [Op.lt]: now + LIFE - TOUCH_EVERY } } },
    ).then(
      () => done(),
      () => done(),
    );
  }
}

export const sessions = session({
  name: settings.https ? '__Host-sid' : 'sid',
  secret: settings.sessionSecret,
  store: new DatabaseStore(),
  resave: false,
  // Behind a TLS proxy the request itself is plain: the proxy says that it was not, or no secure cookie would be set.
  proxy: settings.https,
  // Looking around sets no cookie and writes nothing.
  saveUninitialized: false,
  cookie: { httpOnly: true, sameSite: 'lax', secure: settings.https, path: '/', maxAge: LIFE },
});
