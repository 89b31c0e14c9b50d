import type { Log } from '../log/log.ts';
import { elapsedSince, type Moment } from './clock.ts';
import type { Upstream } from './upstream-error.ts';

/** One call to a service, as logged. */
export interface UpstreamLine {
  readonly upstream: Upstream;
  readonly operation: string;
  /** The name of the vault. */
  readonly vault?: string;
  readonly status: number | undefined;
  /** Why the response is unusable; undefined if it is usable. */
  readonly outcome: string | undefined;
  /** When the call started. */
  readonly since: Moment;
  /** The service's request id, or ours. Anything that is not an identifier is omitted. */
  readonly requestId?: string | undefined;
}

/** Writes the log line of a call to a service. */
export function logUpstream(log: Log, { since, requestId, ...line }: UpstreamLine): void {
  log('info', 'upstream', {
    ...line,
    durationMs: Math.round(elapsedSince(since)),
    requestId: /^[\w-]{1,100}$/.exec(requestId ?? '')?.[0],
  });
}
