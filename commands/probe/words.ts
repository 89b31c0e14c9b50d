import type { SentCreate } from './send-create.ts';

/** A readable duration; in milliseconds below a second. */
export function seconds(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

/** Status and code of an answer, for example `400, code 3000`. */
export function describeStatus({ status, code }: Pick<SentCreate, 'status' | 'code'>): string {
  if (status === undefined) return 'no answer';
  return code === undefined ? String(status) : `${status}, code ${code}`;
}

/** The outcome of a create, with only status and code of the answer. */
export function describeCreate(sent: SentCreate): string {
  const words: Readonly<Record<string, string>> = {
    created: 'a customer with a password',
    'created-without-password': 'a customer without a password',
    exists: 'the domain exists',
    refused: 'refused',
    throttled: 'throttled',
    unknown: 'nothing usable',
  };
  return `${describeStatus(sent)} (${words[sent.outcome.kind] ?? sent.outcome.kind})`;
}
