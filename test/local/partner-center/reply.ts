/** The result of an operation, before the service's headers and shapes are applied. */
export interface Reply {
  readonly status: number;
  /** The body; absent for an answer without one. */
  readonly json?: object;
  /** The body, already written, without byte order mark. */
  readonly text?: string;
  readonly error?: PartnerError;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PartnerError {
  readonly code: number;
  readonly description: string;
  readonly data?: readonly string[];
  /** The shape of this kind of error; A by default. */
  readonly shape?: 'A' | 'B' | 'C' | 'D';
}

/** An error of the service, for example `refuse(400, 2001, 'Missing.', ['billingProfile.email'])`. */
export function refuse(status: number, code: number, description: string, data?: readonly string[]): Reply {
  return { status, error: data ? { code, description, data } : { code, description } };
}

/** Whether a check returned a reply instead of its result. */
export function isReply(value: object | undefined): value is Reply {
  return value !== undefined && typeof (value as { status?: unknown }).status === 'number';
}
