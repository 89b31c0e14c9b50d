import { createHash } from 'node:crypto';
import type { CustomerPayload } from './payload.ts';

/** The fingerprint of a normal payload before defaults: what "the same payload" means. It carries the version of this rule. */
export function fingerprintOf(payload: CustomerPayload): string {
  const sorted = Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1));
  return `1:${sha256(JSON.stringify(sorted))}`;
}

/** SHA-256 of a text in UTF-8, as hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
