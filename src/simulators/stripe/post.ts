import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { clock } from '../../lib/clock.js';
import { expanded } from './expand.js';
import { earlierAnswer, inUse, isWorthKeeping } from './idempotency.js';
import { Refusal, apiError } from './refusal.js';
import type { Till } from './till.js';

type Form = Record<string, unknown>;
type Act = (form: Form, id: string) => object;
type Kind = 'create' | 'refund';

interface Answer {
  status: number;
  body: object;
}

/** Answers POSTs, each idempotency key once. Faults of the given kind may strike. */
export function posts(till: Till) {
  const inProgress = new Set<string>();

  return (act: Act, kind?: Kind) => async (req: Request, res: Response) => {
    const key = req.get('Idempotency-Key') ?? '';
    const answer = await exclusively(key, () => answerOnce(till, key, req, withFault(till, act, kind)));
    if (kind && till.faults.strikes(`${kind}-dropped`)) req.socket.destroy();
    else res.status(answer.status).json(answer.body);
  };

  async function exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (!key) return work();
    if (inProgress.has(key)) throw inUse(key);
    inProgress.add(key);
    return work().finally(() => inProgress.delete(key));
  }
}

async function answerOnce(till: Till, key: string, req: Request, act: Act): Promise<Answer> {
  const form = (req.body ?? {}) as Form;
  const request = `${req.originalUrl} ${JSON.stringify(form)}`;
  if (till.latencyMs > 0) await pause(till.latencyMs);
  const earlier = earlierAnswer(till.books.answers, key, request);
  if (earlier) return earlier;
  const answer = outcomeOf(() => expanded(till.books, act(form, String(req.params.id)), form.expand));
  if (key && isWorthKeeping(answer.status))
    till.books.answers.put({ id: key, request, ...answer, at: clock.now() });
  return answer;
}

function withFault(till: Till, act: Act, kind?: Kind): Act {
  return (form, id) => {
    if (kind && till.faults.strikes(`${kind}-500`)) throw apiError(500, 'An unknown error occurred.');
    return act(form, id);
  };
}

function outcomeOf(work: () => object): Answer {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: { error: error.error } };
    throw error;
  }
}
