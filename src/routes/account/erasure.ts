import { Router, type Request, type Response } from 'express';
import { endSession } from '../../middleware/log-in.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import { eraseAccount } from '../../privacy/erase.js';
import { personOf } from '../../privacy/person.js';
import { StillMoving, whatMoves, type Moving } from '../../privacy/still-moving.js';
import type { FieldErrors } from '../form.js';
import { wrongPassword } from './own-password.js';

/** Somebody wants to be forgotten: what goes and what stays, and the password as the last word. */
export const accountErasure = Router();

accountErasure.get('/account/privacy/erasure', loggedIn, async (req, res) => {
  if (req.user!.isStaff()) return res.redirect(303, '/account/privacy');
  const moving = await whatMoves(await personOf(req.user!.email, req.user!));
  showForm(req, res, { moving });
});

accountErasure.post('/account/privacy/erasure', loggedIn, async (req, res) => {
  const wrong = await wrongPassword(req, 'password');
  if (wrong) return showForm(req, res.status(422), { errors: wrong });
  try {
    await eraseAccount(req.user!);
  } catch (error) {
    if (!(error instanceof StillMoving)) throw error;
    return showForm(req, res.status(error.status), { moving: error.moving });
  }
  await endSession(req);
  res.redirect(303, '/login?done=erased');
});

function showForm(
  req: Request,
  res: Response,
  { moving = [], errors = {} }: { moving?: Moving[]; errors?: FieldErrors },
) {
  const title = words(res).t('privacy.eraseTitle');
  res.render('account/erasure', { title, email: req.user!.email, moving, errors, noindex: true });
}
