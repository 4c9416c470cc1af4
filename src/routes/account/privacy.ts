import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import { countTry } from '../../middleware/limits.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import { ownData } from '../../privacy/own-data/own-data.js';
import type { FieldErrors } from '../form.js';
import { wrongPassword } from './own-password.js';

/** What the shop holds of somebody, and the way to take it along. */
export const accountPrivacy = Router();

accountPrivacy.get('/account/privacy', loggedIn, (req, res) => {
  showPage(req, res);
});

/** With the password: the file holds the codes of eSIMs and whole journeys, and a browser may be left open. */
accountPrivacy.post('/account/privacy/download', loggedIn, async (req, res) => {
  const wrong = await wrongPassword(req, 'password');
  if (wrong) return showPage(req, res.status(422), wrong);
  await countTry(req, 'download');
  const day = clock.date().toISOString().slice(0, 10);
  res.attachment(`numnaroad-my-data-${day}.json`);
  await send(res, ownData(req.user!));
});

accountPrivacy.get('/account/privacy/download', (_req, res) => res.redirect(303, '/account/privacy'));

async function send(res: Response, pieces: AsyncIterable<string>) {
  try {
    await pipeline(Readable.from(pieces), res);
  } catch (error) {
    // Whoever breaks the download off can begin it again.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function showPage(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('privacy.title');
  const { email } = req.user!;
  res.render('account/privacy', { title, email, isStaff: req.user!.isStaff(), errors, noindex: true });
}
