/** Milliseconds that a Retry-After header asks for, as seconds or as an HTTP date (RFC 9110, section 10.2.3); undefined when absent or unreadable. */
export function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
