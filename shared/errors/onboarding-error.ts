import { errorCodes, type ErrorCode } from './error-codes.ts';

/** One of several findings: its code, the field or thing it is about, and a sentence that says what to do. */
export interface ErrorDetail {
  readonly code: string;
  readonly target?: string;
  readonly message: string;
}

export interface ErrorFacts {
  readonly message?: string;
  readonly target?: string;
  readonly details?: readonly ErrorDetail[];
  /** Seconds until the same call makes sense again. */
  readonly retryAfter?: number;
  readonly customerId?: string | undefined;
}

/** A failure that the caller may read: everything in it is fit for an answer. */
export class OnboardingError extends Error {
  override readonly name = 'OnboardingError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    super(facts.message ?? errorCodes[code].message);
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}
