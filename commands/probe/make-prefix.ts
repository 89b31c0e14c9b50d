import { randomInt } from 'node:crypto';

const signs = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** That many random letters and digits, a letter first. */
export function makeRandom(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => signs.charAt(randomInt(signs.length)));
  return signs.charAt(randomInt(26)) + rest.join('');
}

/** A prefix of that length by which people recognise the probe's customers. */
export function makePrefix(length: number): string {
  return `cspprobe${makeRandom(length - 8)}`;
}
