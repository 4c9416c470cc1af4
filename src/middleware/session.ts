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
  }
}

const LIFE = 30 * DAY;
/** A visit moves the end of the session on, at most this often: reading a page need not write. */
const TOUCH_EVERY = HOUR;

const ignore = () => {};

class DatabaseStore extends session.Store {
  override get(sid: string, done: (error: unknown, data?: session.SessionData | null) => void) {
    Session.findOne({ where: { sid, expiresAt: { [Op.gt]: clock.now() } } }).then(
      (row) => done(null, row ? (JSON.parse(row.data) as session.SessionData) : null),
      done,
    );
  }

  override set(sid: string, data: session.SessionData, done: (error?: unknown) => void = ignore) {
    Session.upsert({ sid, data: JSON.stringify(data), expiresAt: clock.now() + LIFE }).then(
      () => done(),
      done,
    );
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
