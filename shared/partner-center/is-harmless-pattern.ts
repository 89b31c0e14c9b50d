/** The most ways in which the engine may try to match a text of 200 characters. A million take milliseconds. */
const maximumWays = 100_000;
const longestText = 200;

/** Compiling a Unicode class takes a millisecond. */
const maximumClasses = 20;

/**
 * Whether the JavaScript engine is certain to compile and run this regular expression quickly: it repeats single characters only, and has
 * few combinations to try. Returns false when in doubt.
 */
export function isHarmless(pattern: string): boolean {
  // Every escape and every class matches one character, but a back-reference does not.
  if (/\\[1-9k]/.test(pattern)) return false;
  if ([...pattern.matchAll(/\\[pP]/g)].length > maximumClasses) return false;
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
