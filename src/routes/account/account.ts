import { Router } from 'express';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import { doneOf } from './done.js';

/** Somebody's own account, and the ways on from there. */
export const account = Router();

account.get('/account', loggedIn, (req, res) => {
  const title = words(res).t('account.title');
  res.render('account/show', { title, account: req.user, done: doneOf(req), noindex: true });
});
