/** Ways in which a text of 200 characters may be tried against a pattern before it counts as a danger; a million take milliseconds. */
const maximumWays = 100_000;
const longestText = 200;

/**
 * Whether a regular expression is sure to end soon, so that it needs no guard, which costs more than the match itself: nothing is
 * repeated but single characters, and the choices multiply to little. Says no when in doubt.
 */
export function isHarmless(pattern: string): boolean {
  // Every escape and every class is one character; a reference to a group is not.
  if (/\\[1-9k]/.test(pattern)) return false;
  const plain = pattern
    .replace(/^(\^|\\A)?\(\?i\)/, '$1')
    .replaceAll(/\\(?:[pP]\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|.)/gs, 'x')
    .replaceAll(/\[[^\]]*\]/g, 'x');
  const special = /\(\?(?!:|<[A-Za-z])/.test(plain);
  const repeatedGroup = /\)(?:[*+{]|\?\?)/.test(plain);
  if (special || repeatedGroup) return false;
  let ways = plain.startsWith('^') || pattern.startsWith('\\A') ? 1 : longestText;
  for (const [found, least, comma, most] of plain.matchAll(/[*+|]|(?<!\()\?|\{(\d+)(,)?(\d+)?\}/g)) {
    if (found === '?' || found === '|') ways *= 2;
    else if (least === undefined) ways *= longestText;
    else if (comma !== undefined)
      ways *= most === undefined ? longestText : Math.max(1, Number(most) - Number(least) + 1);
  }
  return ways <= maximumWays;
}
