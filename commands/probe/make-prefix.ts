import { randomInt } from 'node:crypto';

const signs = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits of this length, a letter first. */
export function makeRandom(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => signs.charAt(randomInt(signs.length)));
  return signs.charAt(randomInt(26)) + rest.join('');
}

/** A prefix of this length that identifies the probe's customers. */
export function makePrefix(length: number): string {
  return `cspprobe${makeRandom(length - 8)}`;
}
