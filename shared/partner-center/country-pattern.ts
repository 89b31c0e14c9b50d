import { isHarmless } from './is-harmless-pattern.ts';

type Match = (text: string) => boolean;

/** Loaded with the first pattern that needs it: hardly any country has one. */
let compileLinear: ((pattern: string) => Match) | undefined;
/** Patterns that were read, and `undefined` for those that are no rule. */
const read = new Map<string, Match | undefined>();
const longestPattern = 2000;

/** Loads the engine for those patterns that are not plainly harmless, if there are any. */
export async function preparePatterns(patterns: readonly (string | undefined)[]): Promise<void> {
  if (compileLinear || patterns.every((pattern) => pattern === undefined || isHarmless(pattern))) return;
  ({ compileLinear } = await import('./linear-engine.ts'));
}

/**
 * Whether a text matches a pattern that Partner Center wrote for .NET, as `Regex.IsMatch` would say; undefined when the pattern cannot
 * be read here. Such a pattern is no rule: Partner Center judges by it itself. What is not plainly harmless is never given to the
 * engine of the runtime, whose compiling alone may take for ever: a linear engine reads it, once `preparePatterns` has loaded it.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  // No country writes anything that long.
  if (text.length > 200) return false;
  if (pattern.length > longestPattern) return undefined;
  if (!read.has(pattern)) {
    const harmless = isHarmless(pattern);
    if (!harmless && !compileLinear) return undefined;
    if (read.size >= 1000) read.clear();
    read.set(pattern, readPattern(pattern, harmless));
  }
  return read.get(pattern)?.(text);
}

function readPattern(pattern: string, harmless: boolean): Match | undefined {
  try {
    const { source, ignoreCase } = translate(pattern);
    if (!harmless) return compileLinear?.(`${ignoreCase ? '(?i)' : ''}${source}`);
    const compiled = new RegExp(source, `${ignoreCase ? 'i' : ''}${/\\p\{/i.test(source) ? 'u' : ''}`);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}

/** What follows a backslash in JavaScript and means the same in .NET. Anything else would silently match the letter itself. */
const sameEscape = /[^A-Za-z]|[bBcdDfknrsStuvwWxpP]/;

/**
 * A pattern with the parts of .NET's syntax that JavaScript writes differently: anchors, a leading case option, Unicode categories.
 * Throws for what JavaScript does not have ("Regular expression language: quick reference" of .NET): such a pattern is no rule.
 */
function translate(pattern: string): { source: string; ignoreCase: boolean } {
  const [, anchor = '', option] = /^(\^|\\A)?(\(\?i\))?/.exec(pattern) ?? [];
  const rest = option === undefined ? pattern : anchor + pattern.slice(anchor.length + option.length);
  // A class less another class, a bracket that begins a class, a comment, a Unicode block.
  if (/\[(\\.|[^\]\\])*-\[|(?<!\\)\[\^?\]|\(\?#|\\p\{Is/.test(rest))
    throw new SyntaxError('no such syntax in JavaScript');
  const source = rest.replaceAll(/\\(.)/gs, (escape, letter: string) => {
    if (letter === 'A') return '^';
    if (letter === 'Z' || letter === 'z') return '$';
    if (!sameEscape.test(letter)) throw new SyntaxError('no such escape in JavaScript');
    return escape;
  });
  return { source, ignoreCase: option !== undefined };
}
