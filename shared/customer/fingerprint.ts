import { createHash } from 'node:crypto';
import type { CustomerPayload } from './payload.ts';
import { foldState } from './state.ts';

/**
 * The fingerprint of a normal payload before defaults: what "the same payload" means. It carries the version of this rule. The case of the
 * state does not count, as it is sent as the rules spell it, nor does `addressConfirmed`, which is no part of the customer.
 */
export function fingerprintOf(payload: CustomerPayload): string {
  const { addressConfirmed: _, state, ...rest } = payload;
  const judged = state === undefined ? rest : { ...rest, state: foldState(state) };
  const sorted = Object.entries(judged).sort(([a], [b]) => (a < b ? -1 : 1));
  return `1:${sha256(JSON.stringify(sorted))}`;
}

/** SHA-256 of a text in UTF-8, as hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
