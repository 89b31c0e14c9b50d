export type Level = 'info' | 'warn' | 'error';

/** What may stand in a log line: numbers, flags, and short texts of our own (names, codes, ids), never anything from a payload or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one structured line: the event's name, then its fields. */
export type Log = (level: Level, event: string, fields?: LogFields) => void;

/** Where lines go: an invocation's context in Azure Functions, or the console outside of one. */
export interface LogSink {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** A log that puts the same fields (the correlation id, for one) at the end of every line. */
export function createLog(sink: LogSink, always: LogFields = {}): Log {
  return (level, event, fields = {}) => {
    sink[level](JSON.stringify({ event, ...fields, ...always }));
  };
}

/** The log for work that outlives an invocation. */
export const backgroundLog: Log = createLog({
  info: (line) => console.info(line),
  warn: (line) => console.warn(line),
  error: (line) => console.error(line),
});
