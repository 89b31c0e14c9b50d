import type { LogLevel } from './core-types.ts';

/** The level that the host derives from the words of a line on stderr; the level that the app used is lost. */
export function guessLevel(line: string): LogLevel {
  if (/warn/i.test(line)) return 'warning';
  return /error|fail/i.test(line) ? 'error' : 'information';
}
