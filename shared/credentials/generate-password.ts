import { randomInt } from 'node:crypto';

/** 24 characters with upper and lower case, digits and symbols, as Microsoft Entra requires. */
export function generatePassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#%*+-=?@_'];
  const pick = (characters: string): string => characters.charAt(randomInt(characters.length));
  const characters = [...kinds.map(pick), ...Array.from({ length: 20 }, () => pick(kinds.join('')))];
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}
