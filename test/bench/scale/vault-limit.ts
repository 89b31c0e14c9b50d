import type { Fault, WireRequest } from '../../local/wire/wire.ts';

const period = 10_000;

/**
 * Key Vault's limit on writing secrets ("Key Vault service limits"): a number of writes in ten seconds; further ones are answered 429 and do not
 * count.
 */
export function limitWrites(most: number): Fault {
  let begun = 0;
  let count = 0;
  const matches = ({ method }: WireRequest): boolean => {
    if (method !== 'PUT') return false;
    const now = Date.now();
    if (now - begun >= period) [begun, count] = [now, 0];
    if (count >= most) return true;
    count += 1;
    return false;
  };
  const body = JSON.stringify({ error: { code: 'Throttled', message: 'The request was throttled.' } });
  const answer = { status: 429, headers: { 'content-type': 'application/json' }, body };
  return { kind: 'status', times: Infinity, matches, answer };
}
