/** One request to an emulator, as received. */
export interface WireRequest {
  readonly number: number;
  /** The listener that received it: one per instance of the app in tests that must distinguish instances. */
  readonly front: string;
  /** Protocol and host as the caller sees them. */
  readonly origin: string;
  readonly method: string;
  /** Decoded once, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The emulator's name for this request, for example `createCustomer`. */
  operation: string;
  /** The answer; absent while unanswered. */
  status?: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Handles a request without I/O; the server sends and receives. */
export type WireHandler = (request: WireRequest) => WireAnswer | Promise<WireAnswer>;

export type FaultKind =
  | 'reset-before'
  | 'reset-after'
  | 'timeout-before'
  | 'timeout-after'
  | 'truncated'
  | 'garbage'
  | 'html-502'
  | 'status'
  | 'slow';

/** A fault at the wire. `before`: the emulator never sees the request; `after`: it handles the request and the answer is lost. */
export interface Fault {
  readonly kind: FaultKind;
  readonly matches: (request: WireRequest) => boolean;
  /** Number of requests to affect; 1 by default. */
  readonly times?: number;
  /** For `status`: the answer to send instead; the emulator does not see the request. */
  readonly answer?: WireAnswer;
  /** For `slow`: milliseconds before the answer is sent. */
  readonly delay?: number;
}

/** The three boundaries of a request at which a test can act, for example by killing the caller. */
export type Stage = 'arrived' | 'processed' | 'answered';
export type StageListener = (stage: Stage, request: WireRequest) => void | Promise<void>;
