import { expect, test, vi } from 'vitest';
import { createBackgroundLog, createInvocationLog, type LogSink } from '../../../shared/log/log.ts';
import { toConsoleLine, toOpenTelemetry } from '../render-log.ts';

/** The console output while `write` runs. */
function listen(method: 'info' | 'warn' | 'error', write: () => void): string[] {
  const spy = vi.spyOn(console, method).mockImplementation(() => undefined);
  write();
  const lines = spy.mock.calls.map(([line]) => String(line));
  spy.mockRestore();
  return lines;
}

test.each(['warn', 'error'] as const)(
  'the host sees the %s level of a background line, whatever its values',
  (level) => {
    const fields = { vault: 'none', domain: 'WARNER-warn.onmicrosoft.com', reason: 'an error, it failed' };
    const [line = ''] = listen(level, () => createBackgroundLog({ correlationId: 'c-1' })(level, 'Something', fields));
    const seen = toConsoleLine({ message: line });
    expect(seen.level).toBe(level === 'warn' ? 'warning' : 'error');
    const parsed: unknown = JSON.parse(seen.message);
    expect(parsed).toEqual({ event: 'Something', ...fields, correlationId: 'c-1', level });
  },
);

test('a line has the same fields as an OpenTelemetry record and as a console line', () => {
  const [message = ''] = listen('error', () => createBackgroundLog()('error', 'CredentialsLost', { customerId: 'c' }));
  const record = toOpenTelemetry({ level: 'error', message });
  expect(record.severity).toBe('ERROR');
  expect(JSON.parse(record.body)).toEqual(JSON.parse(toConsoleLine({ message }).message));
});

test('the log of an invocation goes to the console once it has answered, with its correlation id', () => {
  const lines: string[] = [];
  const sink: LogSink = { info: (line) => lines.push(line), warn: () => {}, error: () => {} };
  const { log, answered } = createInvocationLog(sink, { correlationId: 'c-1' });
  log('info', 'First');
  answered();
  const late = listen('error', () => log('error', 'Second'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([{ event: 'First', correlationId: 'c-1' }]);
  expect(late.map((line) => JSON.parse(line) as unknown)).toEqual([
    { event: 'Second', correlationId: 'c-1', level: 'error' },
  ]);
});
