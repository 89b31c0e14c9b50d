import { createHash } from 'node:crypto';
import type { CustomerPayload } from './payload.ts';
import { foldState } from './state.ts';

/**
 * The fingerprint of a normalised payload before defaults, prefixed with the version of this format. Two payloads with one fingerprint count as
 * the same. The case of the state is ignored, because the state is sent as the rules spell it, and so is `addressConfirmed`, which is not part
 * of the customer.
 */
export function fingerprintOf(payload: CustomerPayload): string {
  const { addressConfirmed: _, state, ...rest } = payload;
  const judged = state === undefined ? rest : { ...rest, state: foldState(state) };
  const sorted = Object.entries(judged).sort(([a], [b]) => (a < b ? -1 : 1));
  return `1:${sha256(JSON.stringify(sorted))}`;
}

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
