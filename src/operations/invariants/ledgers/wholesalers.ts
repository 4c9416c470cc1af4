import { PROVIDERS, type ProviderName } from '../../../providers/provider.js';
import type { BookedAttempt, Books } from '../books.js';
import type { Comparisons, Ledgers, SoldEsim } from '../ledgers.js';

const OPEN_OR_GIVEN_UP = ['sent', 'unknown', 'abandoned'];

export const WHOLESALERS: Comparisons = {
  'every eSIM that a wholesaler sold was asked for, by an attempt of its own': (books, ledgers) =>
    sales(books, ledgers)
      .filter(({ attempt }) => !attempt || attempt.state === 'rejected')
      .map(nameOf),
  'every eSIM that an order got is the one that the wholesaler sold for it': (books, ledgers) => {
    const sold = new Map(sales(books, ledgers).map(({ attempt, esim }) => [attempt, esim]));
    return (
      books.attempts
        .filter((attempt) => attempt.state === 'succeeded' && !isSame(attempt, sold.get(attempt)))
        // Bought elsewhere, where none of our references stand.
        .filter((attempt) => !attempt.byHand || sold.has(attempt))
        .map(({ orderId }) => orderId)
    );
  },
};

/** What was sold on an attempt that is open, or was given up as not bought. */
export const withoutOwner = (books: Books, ledgers: Ledgers) =>
  sales(books, ledgers)
    .filter(({ attempt }) => attempt && OPEN_OR_GIVEN_UP.includes(attempt.state))
    .map(nameOf);

interface Sale {
  provider: ProviderName;
  esim: SoldEsim;
  attempt: BookedAttempt | undefined;
}

const nameOf = ({ provider, esim }: Sale) => `${provider} ${esim.providerOrderId}`;

const sales = (books: Books, ledgers: Ledgers): Sale[] =>
  PROVIDERS.flatMap((provider) =>
    attribute(
      ledgers.wholesalers[provider],
      books.attempts.filter((attempt) => attempt.provider === provider),
    ).map(({ esim, attempt }) => ({ provider, esim, attempt })),
  );

type Key<T> = (of: T) => string | null;

/** The ways in which an eSIM and its attempt know each other, the surest first. */
const NAMES: { ofEsim: Key<SoldEsim>; ofAttempt: Key<BookedAttempt> }[] = [
  { ofEsim: ({ reference }) => reference, ofAttempt: ({ reference }) => reference },
  // From here on where the wholesaler stores no reference of ours.
  {
    ofEsim: unlessNamed(({ providerOrderId }) => providerOrderId),
    ofAttempt: ({ providerOrderId }) => providerOrderId?.split(':').at(-1) ?? null,
  },
  { ofEsim: unlessNamed(({ iccid }) => iccid), ofAttempt: ({ iccid }) => iccid },
  {
    ofEsim: unlessNamed(({ sku }) => sku),
    ofAttempt: ({ state, sku }) => (OPEN_OR_GIVEN_UP.includes(state) ? sku : null),
  },
];

function unlessNamed(key: Key<SoldEsim>): Key<SoldEsim> {
  return (esim) => (esim.reference === null ? key(esim) : null);
}

/** Gives each eSIM to the attempt that bought it, and no attempt gets two. */
function attribute(sold: SoldEsim[], attempts: BookedAttempt[]) {
  const owners = new Map<SoldEsim, BookedAttempt>();
  const free = new Set(attempts);
  for (const { ofEsim, ofAttempt } of NAMES) {
    const named = listed(free, ofAttempt);
    for (const esim of sold) {
      const key = owners.has(esim) ? null : ofEsim(esim);
      const attempt = key !== null && named.get(key)?.shift();
      if (!attempt) continue;
      owners.set(esim, attempt);
      free.delete(attempt);
    }
  }
  return sold.map((esim) => ({ esim, attempt: owners.get(esim) }));
}

function listed(attempts: Iterable<BookedAttempt>, keyOf: Key<BookedAttempt>) {
  const lists = new Map<string | null, BookedAttempt[]>();
  for (const attempt of attempts) {
    const list = lists.get(keyOf(attempt));
    if (list) list.push(attempt);
    else lists.set(keyOf(attempt), [attempt]);
  }
  return lists;
}

/** A code that was erased since cannot be compared. */
const isSame = ({ iccid, code, sku }: BookedAttempt, sold: SoldEsim | undefined) =>
  sold?.sku === sku && (code === null || (sold.iccid === iccid && sold.lpa === code));
