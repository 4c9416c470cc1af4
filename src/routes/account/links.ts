import type { NextFunction, Request, Response } from 'express';
import { logInAs } from '../../middleware/log-in.js';
import { words } from '../../middleware/words.js';
import type { User } from '../../models/index.js';
import { sent } from '../form.js';

/** What the pages share that a link in a mail leads to. */

/** The address of such a page holds a key. The origin is still said, as forms need it where browsers say nothing else. */
export function withToken(_req: Request, res: Response, next: NextFunction) {
  res.set('Referrer-Policy', 'strict-origin');
  next();
}

/** From the address of the page, or from its form. */
export const tokenOf = (req: Request): string => sent(req.body, 'token') || sent(req.query, 'token');

/** Expired, used and made up look alike; `again` is where a new link is to be had. */
export function linkIsOver(res: Response, again: string) {
  const title = words(res).t('account.linkOverTitle');
  res.status(410).render('account/link_over', { title, again, noindex: true });
}

/** A link lets a customer in; staff prove who they are at the log-in page, always. */
export async function enter(req: Request, res: Response, user: User, done: string) {
  if (user.isStaff()) return res.redirect(303, `/login?done=${done}`);
  await logInAs(req, user);
  res.redirect(303, `/account?done=${done}`);
}
