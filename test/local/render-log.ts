import { guessLevel } from './host/console-level.ts';
import type { LogEntry, LogLevel } from './host/core-types.ts';

/** The part of an OpenTelemetry log record that queries read. */
export interface OpenTelemetryRecord {
  /** The line as it was written; Azure Monitor shows it as `Message`. */
  readonly body: string;
  readonly severity: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
}

const severities: Readonly<Record<LogLevel, OpenTelemetryRecord['severity']>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  information: 'INFO',
  warning: 'WARN',
  error: 'ERROR',
  critical: 'FATAL',
  none: 'TRACE',
};

/** A line as it is exported with `telemetryMode` OpenTelemetry: the text is the body, no field of it becomes an attribute. */
export function toOpenTelemetry({ level, message }: Pick<LogEntry, 'level' | 'message'>): OpenTelemetryRecord {
  return { body: message, severity: severities[level] };
}

/** The same text written to stderr, as the host reads it: without its invocation, and with a guessed level. */
export function toConsoleLine({ message }: Pick<LogEntry, 'message'>): LogEntry {
  return { level: guessLevel(message), category: 'Host.Function.Console', message };
}
