import { DISPOSABLE_DOMAINS } from './disposable-domains.js';

/** Addresses for e-mail. Lengths are checked before any pattern, and no pattern can backtrack: linear in the text. */

const SHORTEST = 6;
const LONGEST = 254;
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[A-Za-z0-9-]+$/;

/** The one form under which somebody is known. */
export const canonicalEmail = (email: string) => email.trim().normalize('NFC').toLowerCase();

export function isEmail(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST) return false;
  const [local, domain, ...rest] = text.split('@');
  return rest.length === 0 && isLocalPart(local!) && domain !== undefined && isDomain(domain);
}

const isLocalPart = (local: string) =>
  local.length <= 64 &&
  LOCAL_PART.test(local) &&
  !local.startsWith('.') &&
  !local.endsWith('.') &&
  !local.includes('..');

function isDomain(domain: string) {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every(isLabel) && /^[A-Za-z]/.test(labels.at(-1)!);
}

const isLabel = (label: string) =>
  label.length <= 63 && LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');

/** Of a domain where addresses are thrown away, or of one below it. */
export function isDisposable(email: string): boolean {
  const labels = email.toLowerCase().split('@')[1]?.split('.') ?? [];
  return labels.some((_, from) => DISPOSABLE_DOMAINS.has(labels.slice(from).join('.')));
}
