/** The forms of an HTTP date begin with the day of the week (RFC 9110, section 5.6.7); a looser reading takes `-5` for a year. */
const httpDate = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d:\d\d/i;

/** Milliseconds that a Retry-After header asks for, as seconds or as an HTTP date (RFC 9110, section 10.2.3); undefined when absent or unreadable. */
export function readRetryAfter(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!httpDate.test(text)) return undefined;
  // The obsolete asctime form ends with the year; it is UTC like the others.
  const date = Date.parse(/:\d\d \d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Milliseconds as whole seconds for a Retry-After of our own: at least one, at most an hour. */
export function inSeconds(milliseconds: number): number {
  return Math.min(3600, Math.max(1, Math.ceil(milliseconds / 1000)));
}
