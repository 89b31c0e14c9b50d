import type { LogLevel } from './core-types.ts';

/** The level that the host guesses for a line on stderr, from its words alone; what the app meant is lost on the way. */
export function guessLevel(line: string): LogLevel {
  if (/warn/i.test(line)) return 'warning';
  return /error|fail/i.test(line) ? 'error' : 'information';
}
