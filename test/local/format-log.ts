import type { LogEntry } from './host/core-types.ts';

/** One readable line: time, level, and the fields of a structured message as `name=value`. */
export function formatLog({ level, functionName, message }: LogEntry, at: Date = new Date()): string {
  const time = at.toISOString().slice(11, 23);
  const text = readFields(message) ?? message;
  return `${time} ${level.padEnd(11)} ${functionName ? `${functionName}: ` : ''}${text}`;
}

function readFields(message: string): string | undefined {
  if (!message.startsWith('{')) return undefined;
  try {
    return Object.entries(JSON.parse(message) as Record<string, unknown>)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
  } catch {
    return undefined;
  }
}
