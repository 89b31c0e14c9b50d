import type { Log } from '../../log/log.ts';
import type { Deadline } from '../../network/deadline.ts';

/** What every sign-in needs: how long it may take, and where its log lines go. */
export interface SignInCall {
  readonly deadline: Deadline;
  readonly log: Log;
  /** Hears how many milliseconds Entra asks to wait, before that is waited for. */
  readonly onWait?: (milliseconds: number) => void;
}
