import { isHarmless } from './is-harmless-pattern.ts';

type Match = (text: string) => boolean;

/** Loaded on first use: almost no country has a pattern that needs it. */
let compileLinear: ((pattern: string) => Match) | undefined;
/** Compiled patterns; `undefined` for those that cannot be translated. */
const read = new Map<string, Match | undefined>();
const longestPattern = 2000;

/** Loads the linear engine if one of these patterns is not known to be harmless. */
export async function preparePatterns(patterns: readonly (string | undefined)[]): Promise<void> {
  if (compileLinear || patterns.every((pattern) => pattern === undefined || isHarmless(pattern))) return;
  ({ compileLinear } = await import('./linear-engine.ts'));
}

/**
 * Whether a text matches a .NET pattern of Partner Center, as `Regex.IsMatch` would. Undefined if the pattern cannot be translated: the
 * check is then left to Partner Center. A pattern that is not known to be harmless never reaches the JavaScript engine, which can hang
 * even while it compiles; a linear engine runs it instead, once `preparePatterns` has loaded that engine.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  // No country has values this long.
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

/** Escapes with the same meaning in JavaScript and .NET. JavaScript would silently match any other one as the letter itself. */
const sameEscape = /[^A-Za-z]|[bBcdDfknrsStuvwWxpP]/;

/**
 * Translates .NET syntax that JavaScript writes differently: anchors, a leading case option, Unicode categories. Throws for syntax that
 * JavaScript does not have (.NET, "Regular expression language: quick reference").
 */
function translate(pattern: string): { source: string; ignoreCase: boolean } {
  const [, anchor = '', option] = /^(\^|\\A)?(\(\?i\))?/.exec(pattern) ?? [];
  const rest = option === undefined ? pattern : anchor + pattern.slice(anchor.length + option.length);
  // Character class subtraction, a class that starts with a closing bracket, an inline comment, a named Unicode block.
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
