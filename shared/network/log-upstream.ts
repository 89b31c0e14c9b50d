import type { Log } from '../log/log.ts';
import { elapsedSince, type Moment } from './clock.ts';
import type { Upstream } from './upstream-error.ts';

/** One call to a service, as logged. */
export interface UpstreamLine {
  readonly upstream: Upstream;
  readonly operation: string;
  /** Which vault. */
  readonly vault?: string;
  readonly status: number | undefined;
  /** Why the answer is of no use, where it is not. */
  readonly outcome: string | undefined;
  /** When the call began. */
  readonly since: Moment;
  /** Of the service, or of the request; anything but an identifier is left out. */
  readonly requestId?: string | undefined;
}

/** Writes the one line of a call to a service. */
export function logUpstream(log: Log, { since, requestId, ...line }: UpstreamLine): void {
  log('info', 'upstream', {
    ...line,
    durationMs: Math.round(elapsedSince(since)),
    requestId: /^[\w-]{1,100}$/.exec(requestId ?? '')?.[0],
  });
}
