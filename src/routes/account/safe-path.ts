/** A path of this shop, never another site. */
export function safePath(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(next) && !next.includes('\\')
    ? next
    : null;
}
