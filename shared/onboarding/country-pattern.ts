import { createContext, Script, type Context } from 'node:vm';

const context: Context = createContext(Object.create(null) as object);
const test = new Script('pattern.test(text)');
/** Milliseconds that one pattern may take; it stops the process for as long. */
const timeout = 50;
const hopeless = new Set<string>();

/**
 * Whether a text matches a pattern that Partner Center wrote for .NET, as `Regex.IsMatch` would say; undefined when the pattern cannot
 * be read here or takes too long. Such a pattern is no rule: Partner Center judges by it itself.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  if (hopeless.has(pattern) || pattern.length > 2000) return undefined;
  try {
    Object.assign(context, { pattern: readPattern(pattern), text });
    return test.runInContext(context, { timeout }) as boolean;
  } catch {
    // A pattern that ran away once would do so for every customer of the country.
    if (hopeless.size < 1000) hopeless.add(pattern);
    return undefined;
  }
}

/** The parts of .NET's syntax that JavaScript writes differently: anchors and a leading case option. */
function readPattern(pattern: string): RegExp {
  const ignoreCase = pattern.startsWith('(?i)') || pattern.startsWith('^(?i)');
  const plain = pattern
    .replace('(?i)', '')
    .replaceAll('\\A', '^')
    .replaceAll(/\\[Zz]/g, '$');
  return new RegExp(
    ignoreCase ? plain : pattern.replaceAll('\\A', '^').replaceAll(/\\[Zz]/g, '$'),
    ignoreCase ? 'i' : '',
  );
}
