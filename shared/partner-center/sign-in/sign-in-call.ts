import type { Log } from '../../log/log.ts';
import type { Deadline } from '../../network/deadline.ts';

/** The deadline and the log of a sign-in. */
export interface SignInCall {
  readonly deadline: Deadline;
  readonly log: Log;
  /** Called before a wait, with the milliseconds that Entra's Retry-After asks for. */
  readonly onWait?: (milliseconds: number) => void;
}
