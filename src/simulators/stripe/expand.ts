import type { Books } from './books.js';
import { invalid } from './refusal.js';

type Fields = Record<string, unknown>;

/** Replaces ids by the objects they name, along paths such as `payment_intent.latest_charge`. */
export function expanded(books: Books, object: object, paths: unknown): object {
  const asked = Array.isArray(paths) ? paths.map(String) : [];
  return asked.reduce<object>((shown, path) => follow(books, shown, path.split('.')), object);
}

function follow(books: Books, object: object, [field = '', ...rest]: string[]): object {
  const value = expandedField(books, object as Fields, field);
  return { ...object, [field]: rest.length > 0 ? deeper(books, value, rest) : value };
}

function deeper(books: Books, value: unknown, path: string[]): unknown {
  if (Array.isArray(value)) return value.map((entry: object) => follow(books, entry, path));
  return value === null ? null : follow(books, value as object, path);
}

function expandedField(books: Books, object: Fields, field: string): unknown {
  const value = object[field];
  if (object.object === 'checkout.session' && field === 'line_items')
    return lineItems(books, String(object.id));
  if (value === null || Array.isArray(value)) return value;
  if (typeof value === 'object') return value;
  const named = typeof value === 'string' ? books.find(value) : undefined;
  if (!named) throw invalid(`This property cannot be expanded (${field}).`);
  return named;
}

export function lineItems(books: Books, sessionId: string) {
  const { items } = books.basket(sessionId);
  return {
    object: 'list',
    data: items,
    has_more: false,
    url: `/v1/checkout/sessions/${sessionId}/line_items`,
  };
}
