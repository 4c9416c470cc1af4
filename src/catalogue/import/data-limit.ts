const MEGABYTES: Record<string, number> = { MB: 1, GB: 1024, TB: 1024 * 1024 };

/** '1GB' → 1024, ' 500 mb ' → 500, 'Unlimited' → null (no limit), undefined when the text says neither. */
export function dataMbOf(dataLimit: string): number | null | undefined {
  const text = dataLimit.trim();
  if (/^unlimited\b/i.test(text)) return null;
  const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)\s?([MGT]B)$/i.exec(text) ?? [];
  const megabytes = Math.round(Number(amount) * (MEGABYTES[unit.toUpperCase()] ?? NaN));
  return megabytes >= 1 && megabytes < 1e9 ? megabytes : undefined;
}
