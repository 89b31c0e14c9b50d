/** All HTTP date formats start with the day of the week (RFC 9110, section 5.6.7). Without this check, `-5` would be read as a year. */
const httpDate = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d:\d\d/i;

/** A Retry-After header in milliseconds, from seconds or an HTTP date (RFC 9110, section 10.2.3); undefined if absent or malformed. */
export function readRetryAfter(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!httpDate.test(text)) return undefined;
  // The obsolete asctime format ends with the year. It is in UTC, like the others.
  const date = Date.parse(/:\d\d \d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Converts milliseconds to whole seconds for our own Retry-After: at least one second, at most an hour. */
export function inSeconds(milliseconds: number): number {
  return Math.min(3600, Math.max(1, Math.ceil(milliseconds / 1000)));
}
