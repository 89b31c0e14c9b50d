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

const consoleSink: LogSink = {
  info: (line) => console.info(line),
  warn: (line) => console.warn(line),
  error: (line) => console.error(line),
};

function escapeLetter(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The log for work that outlives an invocation. The host guesses the level of such a line from its words: "warn" before "error" or "fail".
 * So each line names its level, and an error line hides a "warn" in its values behind an escape that every JSON reader resolves.
 */
export function createBackgroundLog(always: LogFields = {}): Log {
  const guessed: LogSink = {
    ...consoleSink,
    error: (line) => consoleSink.error(line.replace(/w(?=arn)/gi, escapeLetter)),
  };
  return (level, event, fields = {}) => createLog(guessed, { ...always, level })(level, event, fields);
}

/** The background log of work that belongs to no call. */
export const backgroundLog: Log = createBackgroundLog();

/** A log of one invocation, and the way to say that it has answered. */
export interface InvocationLog {
  readonly log: Log;
  /** From now on lines go to the background log, with the same fields: the platform drops what an invocation logs after its answer. */
  readonly answered: () => void;
}

/** A log that never loses a line: the invocation's own until it has answered, the background log from then on. */
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
