export type Level = 'info' | 'warn' | 'error';

/** The fields of a log line: numbers, flags, and short texts of our own (names, codes, IDs), never anything from a payload or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one structured line: the event's name, then its fields. */
export type Log = (level: Level, event: string, fields?: LogFields) => void;

/** The destination of log lines: an invocation's context in Azure Functions, or the console outside an invocation. */
export interface LogSink {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** A log that appends the same fields (such as the correlation ID) to every line. */
export function createLog(sink: LogSink, always: LogFields = {}): Log {
  return (level, event, fields = {}) => {
    sink[level](JSON.stringify({ event, ...fields, ...always }));
  };
}

const consoleSink: LogSink = {
  info: (line) => console.info(line),
  warn: (line) => console.warn(line),
  error: (line) => console.error(line),
};

function escapeLetter(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The log for work that outlives an invocation. The host guesses the level of such a line from its text: "warn" before "error" or "fail".
 * So each line contains its level, and an error line escapes any "warn" in its values; every JSON parser resolves the escape.
 */
export function createBackgroundLog(always: LogFields = {}): Log {
  const guessed: LogSink = {
    ...consoleSink,
    error: (line) => consoleSink.error(line.replace(/w(?=arn)/gi, escapeLetter)),
  };
  return (level, event, fields = {}) => createLog(guessed, { ...always, level })(level, event, fields);
}

/** The log for background work without a call. */
export const backgroundLog: Log = createBackgroundLog();

/** The log of one invocation, and a way to signal that it has responded. */
export interface InvocationLog {
  readonly log: Log;
  /** From now on lines go to the background log with the same fields: the platform drops what an invocation logs after its response. */
  readonly answered: () => void;
}

/** A log that loses no line: the invocation's log until it has responded, then the background log. */
export function createInvocationLog(sink: LogSink, always: LogFields): InvocationLog {
  const [during, after] = [createLog(sink, always), createBackgroundLog(always)];
  let isOver = false;
  return {
    log: (level, event, fields) => (isOver ? after : during)(level, event, fields),
    answered: () => {
      isOver = true;
    },
  };
}
