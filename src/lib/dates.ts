const formats = new Map<string, Intl.DateTimeFormat>();

/** 'Nov 22, 2026, 4:03 PM UTC': one zone for everybody, said aloud, as travellers change theirs. */
export function formatMoment(date: Date, language: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
    formats.set(language, format);
  }
  return `${format.format(date)} UTC`;
}

const days = new Map<string, Intl.DateTimeFormat>();

/** 'Nov 22, 2026', where the hour does not matter. */
export function formatDay(date: Date, language: string): string {
  let format = days.get(language);
  if (!format)
    days.set(
      language,
      (format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })),
    );
  return format.format(date);
}
