interface ErrorKind {
  readonly status: number;
  readonly title: string;
  /** What the caller reads unless the place that fails knows better: what happened, and what to do. */
  readonly message: string;
  /** True where the same call may be sent again later and a Retry-After is answered. */
  readonly retry: boolean;
}

const kind = (status: number, title: string, message: string, retry = false): ErrorKind => ({
  status,
  title,
  message,
  retry,
});

/** Every error that a caller can meet, by its code. */
export const errorCodes = {
  InvalidJson: kind(400, 'The body is not JSON', 'Send one JSON object as the body, in UTF-8, with a Content-Length.'),
  InvalidPayload: kind(
    400,
    'The payload is not valid',
    'Correct the fields named in details and send the request again.',
  ),
  Unauthorized: kind(401, 'Not signed in', 'Sign in with Microsoft Entra and send the token with the request.'),
  Forbidden: kind(403, 'Not allowed', 'Ask an administrator to give this caller the app role that the API demands.'),
  NotFound: kind(
    404,
    'Not found',
    'No onboarding is recorded for this domain. Check its spelling, or onboard the customer first.',
  ),
  DomainTaken: kind(
    409,
    'The domain is taken',
    'This domain exists already and is not ours. Choose another domain prefix.',
  ),
  AlreadyOnboarded: kind(
    409,
    'Already onboarded',
    'This domain was onboarded here with a different payload. Use the customer named in customerId, or choose another domain prefix.',
  ),
  PayloadTooLarge: kind(413, 'The body is too large', 'Send at most 64 KiB.'),
  UnsupportedMediaType: kind(
    415,
    'The body is not application/json',
    'Send the header Content-Type: application/json.',
  ),
  CountryRule: kind(
    422,
    'A rule of the country is broken',
    'Correct the fields named in details: the country asks for it.',
  ),
  AddressNotVerified: kind(
    422,
    'The address could not be verified',
    'Correct the address; details hold what Partner Center suggests.',
  ),
  RejectedByPartnerCenter: kind(
    422,
    'Partner Center refused the customer',
    'Look up the Partner Center code in details, correct the cause and send the request again.',
  ),
  Throttled: kind(
    429,
    'Too many requests',
    'Partner Center is throttling. Send the same request again after Retry-After.',
    true,
  ),
  ConfigurationError: kind(
    500,
    'The service is not configured correctly',
    'An operator has to correct a setting or a partner secret; the log names it. Then send the same request again.',
  ),
  InternalError: kind(
    500,
    'Something unexpected failed',
    'Send the same request again; it is safe. If it fails again, give an operator the correlation id.',
  ),
  CredentialsLost: kind(
    500,
    'The customer exists, its first password is lost',
    'The customer was created, but the password of its administrator cannot be had again. Follow the remedy in details.',
  ),
  PartnerCenterError: kind(
    502,
    'Partner Center did not answer as expected',
    'Send the same request again later; it is safe.',
    true,
  ),
  PartnerAuthenticationFailed: kind(
    502,
    'Signing in to Partner Center failed',
    'An operator has to look at the partner credentials or the consent; the log says why. Then send the same request again.',
  ),
  OnboardingInProgress: kind(
    503,
    'The onboarding is running',
    'This domain is being onboarded by another call. Send the same request again after Retry-After.',
    true,
  ),
  VaultUnavailable: kind(
    503,
    'No vault is available',
    'Key Vault cannot be read or written now. This call created nothing; send the same request again after Retry-After.',
    true,
  ),
  RecordUnavailable: kind(
    503,
    'The record store is not available',
    'The record of onboardings cannot be read or written now. This call created nothing; send the same request again after Retry-After.',
    true,
  ),
  CredentialsNotStored: kind(
    503,
    'The customer exists, its credentials are not stored yet',
    'The customer was created, but no vault accepted its credentials. Send the same request again after Retry-After: that repairs it.',
    true,
  ),
  OutcomeUnknown: kind(
    504,
    'The outcome is not known yet',
    'Partner Center did not say in time whether the customer exists. Send the same request again after Retry-After: that resolves it.',
    true,
  ),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCodes;
