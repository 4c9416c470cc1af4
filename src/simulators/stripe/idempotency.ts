import { clock, HOUR } from '../../lib/clock.js';
import type { Journal } from '../journal.js';
import { Refusal, invalid } from './refusal.js';

export interface StoredAnswer {
  id: string;
  request: string;
  status: number;
  body: object;
  at: number;
}

const KEPT_MS = 24 * HOUR;
const isFresh = (answer: StoredAnswer) => answer.at > clock.now() - KEPT_MS;

/** The answer already given for this key, if any. The same key for another request is refused. */
export function earlierAnswer(answers: Journal<StoredAnswer>, key: string, request: string) {
  if (key.length > 255) throw invalid('Idempotency keys must be at most 255 characters long.');
  const answer = answers.get(key);
  if (!answer || !isFresh(answer)) return undefined;
  if (answer.request !== request) throw reused(key);
  return answer;
}

/** A refused request did nothing, so it may be tried again under the same key. */
export const isWorthKeeping = (status: number) => status < 300 || status === 402 || status >= 500;

export function forgetOldAnswers(answers: Journal<StoredAnswer>) {
  const all = answers.all();
  const fresh = all.filter(isFresh);
  if (fresh.length === all.length) return;
  answers.clear();
  for (const answer of fresh) answers.put(answer);
}

export const inUse = (key: string) =>
  new Refusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotency Key: ${key}.`,
  });

const reused = (key: string) =>
  new Refusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try another key than '${key}'.`,
  });
