import { createContext, Script, type Context } from 'node:vm';
import { isHarmless } from './is-harmless-pattern.ts';

/** Where a dangerous pattern runs; made when there is one. */
let guarded: { readonly context: Context; readonly test: Script } | undefined;
/** Milliseconds that one pattern may take; it stops the process for as long. A busy machine may need some for a harmless one. */
const timeout = 150;
/** How often a pattern ran out of time. After the third time it is not tried again: it would do so for every customer of the country. */
const strikes = new Map<string, number>();
const hopeless = 3;

/**
 * Whether a text matches a pattern that Partner Center wrote for .NET, as `Regex.IsMatch` would say; undefined when the pattern cannot
 * be read here or takes too long. Such a pattern is no rule: Partner Center judges by it itself.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  // No country writes anything that long, and time is what a bad pattern needs.
  if (text.length > 200) return false;
  if (pattern.length > 2000 || (strikes.get(pattern) ?? 0) >= hopeless) return undefined;
  try {
    const read = readPattern(pattern);
    if (isHarmless(pattern)) return read.test(text);
    guarded ??= { context: createContext(Object.create(null) as object), test: new Script('pattern.test(text)') };
    const { context, test } = guarded;
    return test.runInContext(Object.assign(context, { pattern: read, text }), { timeout }) as boolean;
  } catch (error) {
    const slow = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    if (strikes.size < 1000) strikes.set(pattern, slow ? (strikes.get(pattern) ?? 0) + 1 : hopeless);
    return undefined;
  }
}

/** What follows a backslash in JavaScript and means the same in .NET. Anything else would silently match the letter itself. */
const sameEscape = /[^A-Za-z]|[bBcdDfknrsStuvwWxpP]/;

/**
 * A pattern with the parts of .NET's syntax that JavaScript writes differently: anchors, a leading case option, Unicode categories.
 * Throws for what JavaScript does not have ("Regular expression language: quick reference" of .NET): such a pattern is no rule.
 */
function readPattern(pattern: string): RegExp {
  const [, anchor = '', option] = /^(\^|\\A)?(\(\?i\))?/.exec(pattern) ?? [];
  const source = option === undefined ? pattern : anchor + pattern.slice(anchor.length + option.length);
  // A class less another class, a comment, a Unicode block.
  if (/\[(\\.|[^\]\\])*-\[|\(\?#|\\p\{Is/.test(source)) throw new SyntaxError('no such syntax in JavaScript');
  const plain = source.replaceAll(/\\(.)/gs, (escape, letter: string) => {
    if (letter === 'A') return '^';
    if (letter === 'Z' || letter === 'z') return '$';
    if (!sameEscape.test(letter)) throw new SyntaxError('no such escape in JavaScript');
    return escape;
  });
  return new RegExp(plain, `${option === undefined ? '' : 'i'}${/\\p\{/i.test(source) ? 'u' : ''}`);
}
