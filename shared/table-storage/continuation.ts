import type { Incoming } from '../network/send.ts';

/** Where the next page of a query begins, as one opaque text; undefined after the last page. */
export function readContinuation(answer: Pick<Incoming, 'header'>): string | undefined {
  const partition = answer.header('x-ms-continuation-nextpartitionkey');
  if (!partition) return undefined;
  const row = answer.header('x-ms-continuation-nextrowkey');
  return Buffer.from(JSON.stringify(row ? [partition, row] : [partition])).toString('base64url');
}

/** True for a text that `readContinuation` has made, or that has at least its form: it may come back from a caller. */
export function isContinuation(text: string): boolean {
  return parseContinuation(text) !== undefined;
}

/** The query parameters that ask for the page; throws where the text is none of `readContinuation`. */
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
