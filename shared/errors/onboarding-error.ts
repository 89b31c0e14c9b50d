import { errorCodes, type ErrorCode } from './error-codes.ts';

/** One finding: its code, the field or check it concerns, and what to do. */
export interface ErrorDetail {
  readonly code: string;
  readonly target?: string;
  readonly message: string;
}

export interface ErrorFacts {
  readonly message?: string;
  readonly target?: string;
  readonly details?: readonly ErrorDetail[];
  /** Seconds to wait before the same request is sent again. */
  readonly retryAfter?: number;
  readonly customerId?: string | undefined;
}

/** A failure that the caller sees: everything in it may be part of a response. */
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
