/** One request that reached an emulator, as it was on the wire. */
export interface WireRequest {
  readonly number: number;
  /** Which listener of the emulator it came in by: one per instance of the app in tests that need to tell them apart. */
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
  /** What the emulator calls this request, for example `createCustomer`. */
  operation: string;
  /** What was answered; absent while unanswered. */
  status?: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as an emulator handles it: pure in, pure out; the server around it does the wire. */
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

/** A fault at the wire. `before` means that the emulator never saw the request, `after` that it did and the answer was lost. */
export interface Fault {
  readonly kind: FaultKind;
  readonly matches: (request: WireRequest) => boolean;
  /** How many requests it hits; 1 unless told. */
  readonly times?: number;
  /** For `status`: what is answered instead, without the emulator seeing the request. */
  readonly answer?: WireAnswer;
  /** For `slow`: milliseconds before the answer is sent. */
  readonly delay?: number;
}

/** The three boundaries of a request at which a test can act, for example by killing the caller. */
export type Stage = 'arrived' | 'processed' | 'answered';
export type StageListener = (stage: Stage, request: WireRequest) => void | Promise<void>;
