import { Router, type Request, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import { renewSession } from '../../middleware/log-in.js';
import { wrongCode, wrongPassword } from '../account/own-password.js';
import { safePath } from '../account/safe-path.js';
import { sent, type FieldErrors } from '../form.js';

/** "Confirm it is you": the password once more, and a code, before what middleware/recently-confirmed.ts guards. */
export const adminConfirm = Router();

adminConfirm.get('/', (req, res) => {
  show(req, res);
});

adminConfirm.post('/', async (req, res) => {
  // The password first: a code is used up by asking.
  const errors = (await wrongPassword(req, 'password')) ?? (await wrongCode(req));
  if (errors) return show(req, res.status(422), errors);
  req.session.confirmedAt = clock.now();
  await renewSession(req, req.user!);
  res.redirect(303, nextIn(req));
});

const nextIn = (req: Request) => safePath(sent(req.body, 'next') || sent(req.query, 'next')) ?? '/admin';

function show(req: Request, res: Response, errors: FieldErrors = {}) {
  res.render('admin/confirm/show', {
    title: 'Confirm it is you',
    next: nextIn(req),
    stopped: req.query.stopped === '1',
    errors,
    noindex: true,
  });
}
