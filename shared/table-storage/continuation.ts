import type { Incoming } from '../network/send.ts';

/** The continuation of a query as one opaque string; undefined after the last page. */
export function readContinuation(answer: Pick<Incoming, 'header'>): string | undefined {
  const partition = answer.header('x-ms-continuation-nextpartitionkey');
  if (!partition) return undefined;
  const row = answer.header('x-ms-continuation-nextrowkey');
  return Buffer.from(JSON.stringify(row ? [partition, row] : [partition])).toString('base64url');
}

/** Whether a text has the form of a `readContinuation` result. Callers send continuations back, so they must be checked. */
export function isContinuation(text: string): boolean {
  return parseContinuation(text) !== undefined;
}

/** The query parameters that request the next page. Throws if the text does not have the form of a `readContinuation` result. */
export function writeContinuation(text: string): Record<string, string> {
  const [partition, row] = parseContinuation(text) ?? [];
  if (partition === undefined) throw new TypeError('continuation must be the one that the page before gave');
  return { NextPartitionKey: partition, ...(row === undefined ? {} : { NextRowKey: row }) };
}

function parseContinuation(text: string): readonly string[] | undefined {
  if (text.length > 8192 || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    const whole =
      Array.isArray(parts) &&
      (parts.length === 1 || parts.length === 2) &&
      parts.every((part) => typeof part === 'string' && part !== '');
    return whole ? (parts as string[]) : undefined;
  } catch {
    return undefined;
  }
}
