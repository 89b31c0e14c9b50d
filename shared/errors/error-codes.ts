interface ErrorKind {
  readonly status: number;
  readonly title: string;
  /** The default message: what happened and what to do. A throwing place can give a more specific one. */
  readonly message: string;
  /** True if the response has a `Retry-After`: the same request can be sent again later. */
  readonly retry: boolean;
}

const kind = (status: number, title: string, message: string, retry = false): ErrorKind => ({
  status,
  title,
  message,
  retry,
});

/** Every error that the API returns, by its code. */
export const errorCodes = {
  InvalidJson: kind(400, 'The body is not JSON', 'Send one JSON object as the body, in UTF-8, with a Content-Length.'),
  InvalidPayload: kind(
    400,
    'The payload is not valid',
    'Correct the fields listed in details and send the request again.',
  ),
  Unauthorized: kind(
    401,
    'Not authenticated',
    'Sign in with Microsoft Entra and send the access token in the Authorization header.',
  ),
  Forbidden: kind(403, 'Not authorized', 'Ask an administrator to assign the required app role to this caller.'),
  NotFound: kind(
    404,
    'Not found',
    'No onboarding is recorded for this domain. Check its spelling, or onboard the customer first.',
  ),
  DomainTaken: kind(
    409,
    'The domain is taken',
    'This domain is already used by another organization. Choose another domain prefix.',
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
    'Country requirements not met',
    "Correct the fields listed in details to meet this country's requirements.",
  ),
  AddressNotVerified: kind(
    422,
    'The address could not be verified',
    "Correct the address; details has Partner Center's suggestions.",
  ),
  RejectedByPartnerCenter: kind(
    422,
    'Partner Center refused the customer',
    "Look up Partner Center's code in details, correct the cause and send the request again.",
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
    'An operator must correct a setting or partner secret; the log names it. Then send the same request again.',
  ),
  InternalError: kind(
    500,
    'Unexpected error',
    'Send the same request again; this is safe. If it fails again, give the correlation ID to an operator.',
  ),
  CredentialsLost: kind(
    500,
    'The customer exists, its password cannot be recovered',
    'The customer was created, but the password of its administrator cannot be recovered. Follow the remedy in details.',
  ),
  PartnerCenterError: kind(
    502,
    'Unexpected response from Partner Center',
    'Send the same request again after Retry-After; this is safe.',
    true,
  ),
  PartnerAuthenticationFailed: kind(
    502,
    'Sign-in to Partner Center failed',
    'An operator must correct the partner sign-in; the log gives the reason. Then send the same request again.',
  ),
  OnboardingInProgress: kind(
    503,
    'The onboarding is in progress',
    'Another call is onboarding this domain. Send the same request again after Retry-After.',
    true,
  ),
  VaultUnavailable: kind(
    503,
    'No vault is available',
    'Key Vault is currently unavailable. This call created nothing. Send the same request again after Retry-After.',
    true,
  ),
  RecordUnavailable: kind(
    503,
    'The record store is not available',
    'The onboarding records are currently unavailable. This call created nothing. Send the same request again after Retry-After.',
    true,
  ),
  CredentialsNotStored: kind(
    503,
    'The customer exists, its credentials are not stored yet',
    'The customer was created, but no vault accepted its credentials. Send the same request again after Retry-After to store them.',
    true,
  ),
  OutcomeUnknown: kind(
    504,
    'The outcome is unknown',
    'Partner Center did not confirm in time whether the customer was created. Send the same request again after Retry-After to resolve it.',
    true,
  ),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorCodes;
