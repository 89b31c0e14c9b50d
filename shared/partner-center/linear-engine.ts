import { RE2JS } from 're2js';

/** Instructions that a pattern may become; ten thousand take some tens of milliseconds to compile. */
const longestProgram = 10_000;
const longestPattern = 500;

/** Compiles a pattern for an engine that takes time in proportion to the text; throws for what it does not know, and for what grows too large. */
export function compileLinear(pattern: string): (text: string) => boolean {
  if (pattern.length > longestPattern || programSize(pattern) > longestProgram)
    throw new RangeError('the pattern repeats too much');
  const compiled = RE2JS.compile(pattern.replaceAll(/\\u([\dA-Fa-f]{4})/g, String.raw`\x{$1}`));
  return (text) => compiled.matcher(text).find();
}

/** An upper bound: counted characters add up, and counted groups multiply, as they may be nested. */
function programSize(pattern: string): number {
  let [size, copies] = [pattern.length, 1];
  for (const [, group, least, most] of pattern.matchAll(/(\))?\{(\d+),?(\d+)?\}/g)) {
    const count = Number(most ?? least) + 1;
    if (group === undefined) size += count;
    else copies *= count;
  }
  return size * copies;
}
