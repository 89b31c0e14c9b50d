import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz';
const digits = '23456789';
const punctuation = '=;*&<"%+$!#\\';

/** A first admin password as Partner Center generates it: 8 or 9 characters, always with punctuation, digits and letters. */
export function makePassword(): string {
  const all = letters + digits + punctuation;
  const rest = Array.from({ length: randomInt(4, 6) }, () => pick(all)).join('');
  return `${pick(letters)}${pick(digits)}${pick(punctuation)}${rest}${pick(letters)}`;
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}
