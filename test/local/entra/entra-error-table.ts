/** How Entra answers with an AADSTS code: status, OAuth `error`, and the sentence that follows the code. */
export interface EntraErrorEntry {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  /** Set if user interaction is required: v1 then returns `interaction_required`, v2 `invalid_grant` with this suberror. */
  readonly suberror?: string;
}

function entry(status: number, error: string, message: string, suberror?: string): EntraErrorEntry {
  return { status, error, message, ...(suberror === undefined ? {} : { suberror }) };
}

/** By number, after "Microsoft Entra authentication and authorization error codes". */
export const ENTRA_ERRORS: Readonly<Record<number, EntraErrorEntry>> = {
  28000: entry(400, 'invalid_scope', 'The scope names more than one resource.'),
  50011: entry(
    400,
    'invalid_request',
    'The redirect URI specified in the request does not match those of the application.',
  ),
  50027: entry(401, 'invalid_client', 'JWT token is invalid or malformed.'),
  50076: entry(
    400,
    'invalid_grant',
    'You must use multi-factor authentication to access the resource.',
    'basic_action',
  ),
  50078: entry(400, 'invalid_grant', 'Presented multi-factor authentication has expired.', 'basic_action'),
  50079: entry(400, 'invalid_grant', 'You must enroll in multi-factor authentication.', 'basic_action'),
  50173: entry(400, 'invalid_grant', 'The provided grant has expired due to it being revoked.'),
  50196: entry(
    400,
    'invalid_grant',
    'The server terminated an operation because it encountered a client request loop.',
  ),
  53003: entry(400, 'invalid_grant', 'Access has been blocked by Conditional Access policies.', 'message_only'),
  54005: entry(400, 'invalid_grant', 'OAuth2 Authorization code was already redeemed.'),
  65001: entry(
    400,
    'invalid_grant',
    'The user or administrator has not consented to use the application.',
    'consent_required',
  ),
  65004: entry(400, 'access_denied', 'User declined to consent to access the app.'),
  70000: entry(400, 'invalid_grant', 'Provided grant is invalid or malformed.'),
  70003: entry(400, 'unsupported_grant_type', 'The app requested an unsupported grant type.'),
  70008: entry(400, 'invalid_grant', 'The provided authorization code or refresh token has expired.'),
  70011: entry(400, 'invalid_scope', 'The provided value for the input parameter scope is not valid.'),
  70021: entry(400, 'invalid_request', 'No matching federated identity record found for presented assertion.'),
  90002: entry(400, 'invalid_request', 'Tenant not found. Check that you are signing into the correct cloud.'),
  90033: entry(503, 'temporarily_unavailable', 'A transient error has occurred. Please try again.'),
  500011: entry(400, 'invalid_resource', 'The resource principal was not found in the tenant.'),
  500112: entry(400, 'invalid_client', 'The reply address does not match the one of the authorization request.'),
  501481: entry(
    400,
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge of the authorization request.',
  ),
  700016: entry(400, 'unauthorized_client', 'Application was not found in the directory.'),
  700021: entry(401, 'invalid_client', 'Client assertion application identifier does not match client_id.'),
  700023: entry(401, 'invalid_client', 'Client assertion audience claim does not match the token endpoint.'),
  700024: entry(401, 'invalid_client', 'Client assertion is not within its valid time range.'),
  700027: entry(
    401,
    'invalid_client',
    'The certificate used to sign the client assertion could not be matched, or its signature is wrong.',
  ),
  700082: entry(400, 'invalid_grant', 'The refresh token has expired due to inactivity.'),
  700213: entry(401, 'invalid_client', 'No matching federated identity record found for presented assertion subject.'),
  900144: entry(400, 'invalid_request', 'The request body must contain a parameter that is missing.'),
  900561: entry(400, 'invalid_request', 'The endpoint only accepts POST requests.'),
  1002012: entry(400, 'invalid_scope', 'Client credential flows must have one scope value, with /.default.'),
  7000215: entry(401, 'invalid_client', 'Invalid client secret provided. Send the value of the secret, not its id.'),
  7000218: entry(401, 'invalid_client', "The request body must contain 'client_assertion' or 'client_secret'."),
  7000222: entry(401, 'invalid_client', 'The provided client secret keys are expired.'),
};
