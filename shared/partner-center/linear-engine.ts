import { RE2JS } from 're2js';

/** The most instructions that a pattern may compile to. Ten thousand take tens of milliseconds. */
const longestProgram = 10_000;
const longestPattern = 500;

/** Compiles a pattern for an engine that runs in time linear in the text. Throws if the syntax is unsupported or the program too large. */
export function compileLinear(pattern: string): (text: string) => boolean {
  if (pattern.length > longestPattern || programSize(pattern) > longestProgram)
    throw new RangeError('the pattern repeats too much');
  const compiled = RE2JS.compile(pattern.replaceAll(/\\u([\dA-Fa-f]{4})/g, String.raw`\x{$1}`));
  return (text) => compiled.matcher(text).find();
}

/** An upper bound: the counts of repeated characters are added; those of repeated groups are multiplied, because groups can be nested. */
function programSize(pattern: string): number {
  let [size, copies] = [pattern.length, 1];
  for (const [, group, least, most] of pattern.matchAll(/(\))?\{(\d+),?(\d+)?\}/g)) {
    const count = Number(most ?? least) + 1;
    if (group === undefined) size += count;
    else copies *= count;
  }
  return size * copies;
}
