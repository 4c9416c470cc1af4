import type { Response } from 'express';
import type { Translate } from '../lib/i18n.js';

/** The visitor's language, for what a route says itself: titles and descriptions. */
export const words = (res: Response) => res.locals as { t: Translate; language: string };
