import { z } from 'zod';
import { ShopError } from '../errors.js';

/** What a form said wrong: the key of a sentence by field. */
export type FieldErrors = Record<string, string>;

/** A field that may be left empty. */
export const optional = <Rule extends z.ZodType>(rule: Rule) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    rule.optional(),
  );

/** Reads a form, or throws the first thing that is wrong as a refusal with status 422. */
export function readForm<Form extends z.ZodType>(form: Form, body: unknown): z.infer<Form> {
  const { data, errors } = checkForm(form, body);
  if (data) return data;
  throw new ShopError(422, Object.values(errors)[0]!);
}

/** Reads a form; on mistakes `errors` has a sentence for each field, to show the same page again. */
export function checkForm<Form extends z.ZodType>(form: Form, body: unknown) {
  const parsed = form.safeParse(body ?? {});
  if (parsed.success) return { data: parsed.data, errors: {} as FieldErrors };
  const errors: FieldErrors = {};
  for (const { path, message } of parsed.error.issues) {
    errors[String(path[0] ?? 'form')] ??= message.startsWith('errors.') ? message : 'errors.badRequest';
  }
  return { data: null, errors };
}

/** What was typed, to be shown again: only texts, and none longer than `most`, whatever was really sent. */
export function typedValues(body: unknown, fields: readonly string[], most = 300): Record<string, string> {
  const values = (body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    fields.map((field) => [field, typeof values[field] === 'string' ? values[field].slice(0, most) : '']),
  );
}

/** A field as it was sent, whole: for what is never shown again. */
export function sent(body: unknown, field: string): string {
  const value = ((body ?? {}) as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : '';
}
