import session from 'express-session';
import { Op } from 'sequelize';
import type { Login } from '../accounts/log-in.js';
import { DAY, HOUR, clock } from '../lib/clock.js';
import { Session } from '../models/index.js';
import { settings } from '../settings.js';

declare module 'express-session' {
  interface SessionData {
    /** Key of the guest's cart in cart_items. */
    guestKey: string;
    couponCode: string;
    passport?: { user?: Login };
    /** When somebody logged in, epoch milliseconds. */
    loggedInAt: number;
    /** Whose password was right, and whose code is still to come; nobody is logged in yet. */
    halfLoggedIn?: Login & { until: number };
    /** When password and code were last given once more, epoch milliseconds. */
    confirmedAt?: number;
    /** Of a second step that is being set up, sealed. */
    newTwoStepSecret?: string;
    /** How long the session lasts without a visit, and when it ends in any case. */
    idleFor?: number;
    endsAt?: number;
    /** The id under which the database knows it; never stored itself. */
    storedAs?: string;
  }
}

/** A guest's, from the last visit on. */
const LIFE = 30 * DAY;

const endOf = ({ idleFor = LIFE, endsAt = Infinity }: session.SessionData) =>
  Math.min(clock.now() + idleFor, endsAt);

/** A visit moves the end of the session on, at most this often: reading a page need not write. */
const touchEvery = ({ idleFor = LIFE }: session.SessionData) => Math.min(HOUR, idleFor / 10);

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
    const userId = content.passport?.user?.id ?? null;
    const row = { sid, userId, data: JSON.stringify(content), expiresAt: endOf(content) };
    const written = storedAs === sid ? Session.update(row, { where: { sid } }) : Session.upsert(row);
    written.then(() => done(), done);
  }

  override destroy(sid: string, done: (error?: unknown) => void = ignore) {
    Session.destroy({ where: { sid } }).then(() => done(), done);
  }

  override touch(sid: string, content: session.SessionData, done: () => void = ignore) {
    const expiresAt = endOf(content);
    Session.update(
      { expiresAt },
      { where: { sid, expiresAt: { [Op.lt]: expiresAt - touchEvery(content) } } },
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
