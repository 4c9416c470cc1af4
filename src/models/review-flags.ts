import type { Review } from './review.js';

/** What in a review may lead readers away or give something away, in words for staff. No pattern can backtrack far. */
const SUSPECT: [RegExp, string][] = [
  [/lpa:|\$[a-z0-9-]{8,}/i, 'an activation code'],
  [
    /https?:|www\.|\b[a-z0-9-]{2,63}\.(?:com|net|org|io|app|shop|store|info|me|ly|co|kr|jp|cn|ru|xyz)\b/i,
    'a link',
  ],
  [/@/, 'an e-mail address or an account'],
  [/\d(?:[\s().-]{0,2}\d){7}/, 'a phone number'],
];

export function flagsOf({ title, content }: Pick<Review, 'title' | 'content'>): string[] {
  const text = `${title ?? ''}\n${content}`;
  return SUSPECT.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
}
