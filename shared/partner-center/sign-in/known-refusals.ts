import type { Refusal, RefusalKind } from './sign-in-refusal.ts';

type Known = Omit<Refusal, 'code'>;

const known =
  (kind: RefusalKind) =>
  (reason: string, more: Partial<Known> = {}): Known => ({ kind, reason, ...more });
const configuration = known('ConfigurationError');
const person = (reason: string) =>
  known('PartnerAuthenticationFailed')(`${reason} Run "npm run consent" again.`, { secret: 'partner-refresh-token' });
const mismatch = (reason: string) =>
  configuration(`${reason} Compare the federated credential of the app registration with the managed identity.`, {
    passing: true,
  });

/** Error codes of the Entra token endpoint (Microsoft Entra documentation, "Authentication and authorization error codes"). */
const aadsts: Readonly<Record<string, Known>> = {
  700082: person('The refresh token expired because it was not used for 90 days.'),
  50173: person('The refresh token was revoked, by a password change or by an administrator.'),
  70000: person('The refresh token is malformed or was issued to another app.'),
  70008: person('The refresh token has expired.'),
  70043: person('The refresh token has expired: Conditional Access limits how long a sign-in lasts.'),
  50076: person('The partner tenant demands multi-factor authentication and the consent was given without it.'),
  50079: person('The account of the consent must enrol for multi-factor authentication.'),
  50078: person('The multi-factor authentication of the consent is too old for the policy of the partner tenant.'),
  50055: person('The password of the account that consented has expired.'),
  50057: person('The account that consented is disabled.'),
  53003: person('Conditional Access of the partner tenant blocks this sign-in; exempt it or change the policy.'),
  65001: person('Nobody has consented to the app for Partner Center.'),
  65004: person('The person did not agree to the consent.'),
  50105: person('The account that consented is not assigned to the app.'),
  50196: known('PartnerAuthenticationFailed')(
    'Entra sees the same token asked for in a loop and refuses for a while. Wait some minutes.',
    { aboutSecrets: false },
  ),
  500011: configuration(
    'The partner tenant does not know Partner Center under this scope. Check PARTNER_CENTER_SCOPE and PARTNER_CLOUD, and register the app in Partner Center.',
  ),
  700016: configuration('The app is not known in this tenant. Check the client id and the tenant id.', {
    secret: 'partner-client-id',
  }),
  90002: configuration('The tenant is not known to this authority. Check the tenant id and PARTNER_CLOUD.', {
    secret: 'partner-tenant-id',
  }),
  7000215: configuration("The client secret is wrong. Store the secret's value, not its id.", { secret: 'credential' }),
  7000222: configuration('The client secret has expired. Create a new one and store it.', { secret: 'credential' }),
  7000218: configuration('The app registration wants a client credential and got none. It must be a web app.'),
  700027: configuration(
    'The signature of the certificate was not accepted. Upload this certificate to the app registration.',
    { secret: 'credential' },
  ),
  700024: configuration(
    'The client assertion is outside its time range. Check the clock of this machine and the life of the certificate.',
    { secret: 'credential' },
  ),
  700021: configuration('The client assertion names another app than the client id.', { secret: 'partner-client-id' }),
  700023: configuration('The client assertion is for another token endpoint. Check PARTNER_AUTHORITY_URL.'),
  50027: configuration('Entra cannot read the client assertion.', { secret: 'credential' }),
  70011: configuration('Entra does not know the scope. Check PARTNER_CENTER_SCOPE.'),
  1002012: configuration('The scope must end in /.default. Check PARTNER_CENTER_SCOPE.'),
  70021: mismatch("No federated credential of the app matches the managed identity's assertion."),
  700211: mismatch("No federated credential of the app matches the issuer of the managed identity's assertion."),
  700212: mismatch("No federated credential of the app matches the audience of the managed identity's assertion."),
  700213: mismatch("No federated credential of the app matches the subject of the managed identity's assertion."),
  700236: configuration('The managed identity belongs to another tenant than the app registration.'),
};

const oauth: Readonly<Record<string, Known>> = {
  invalid_client: configuration('Entra does not accept the client credential.', { secret: 'credential' }),
  unauthorized_client: configuration('Entra does not let this app ask for this token. Check the app registration.', {
    secret: 'partner-client-id',
  }),
  invalid_grant: person('Entra does not accept the refresh token any more.'),
  interaction_required: person('Entra wants the person who consented to sign in again.'),
  consent_required: person('The consent is missing or was withdrawn.'),
  access_denied: person('The person, or a policy, did not agree to the consent.'),
  login_required: person('Entra wants the person who consented to sign in again.'),
  invalid_scope: configuration('Entra does not know the scope. Check PARTNER_CENTER_SCOPE.'),
  invalid_resource: configuration('Entra does not know the resource. Check PARTNER_CENTER_SCOPE and PARTNER_CLOUD.'),
  invalid_request: configuration('Entra calls the token request invalid. Check the tenant id and the client id.', {
    secret: 'partner-tenant-id',
  }),
};

/** How the token was requested: by the app alone, with the stored refresh token, or during a person's consent. */
export type SignInFlow = 'app' | 'app+user' | 'consent';

/** Messages for the app-only flow, where a new consent would not help. */
const ofAppAlone: Readonly<Record<string, string>> = {
  53003:
    "Conditional Access of the partner tenant blocks this app; exclude the app's service principal or change the policy.",
  65001:
    'The app has no permission for Partner Center. Register it in Partner Center, account settings, App management.',
  consent_required:
    'The app has no permission for Partner Center. Register it in Partner Center, account settings, App management.',
  invalid_grant:
    'Entra does not accept the client credentials. Check the tenant id, the client id and the client credential.',
};
const personWanted =
  'Entra wants the sign-in of a person, which the app-only flow does not have. Check PARTNER_AUTH_FLOW and the policies of the partner tenant.';

/** Messages for the consent, where there is an authorization code but no refresh token yet. */
const ofConsent: Readonly<Record<string, string>> = {
  70000: 'The authorization code is malformed or was issued to another app.',
  70008: 'The authorization code has expired.',
  54005: 'The authorization code was redeemed already.',
  501481: 'The proof of PKCE does not fit the authorization code.',
  invalid_grant: 'Entra does not accept the authorization code.',
};

/** True for a code that Entra documents as transient. */
export function isPassingCode(code: string | undefined): boolean {
  return code === 'AADSTS90033' || code === 'temporarily_unavailable';
}

/** Explains a refusal of the token endpoint in this flow, by its AADSTS code or otherwise by its OAuth error. */
export function findRefusal(code: string | undefined, error: string | undefined, flow: SignInFlow): Refusal {
  const number = /^AADSTS(\d+)$/.exec(code ?? '')?.[1] ?? '';
  const unknown = known('PartnerAuthenticationFailed')('Entra refused the sign-in; look its code up.');
  const found = lookUp(aadsts, number);
  // The AADSTS code is more specific than the OAuth error.
  const keys = found ? [number] : [number, error ?? ''];
  return { ...adapt(found ?? lookUp(oauth, error ?? '') ?? unknown, keys, flow), code: code ?? error };
}

/** Adapts the advice to the flow: an app that signs in alone must not be told to repeat a consent. */
function adapt(found: Known, codes: readonly string[], flow: SignInFlow): Known {
  if (flow === 'app+user' || (flow === 'app' && found.secret !== 'partner-refresh-token')) return found;
  const table = flow === 'app' ? ofAppAlone : ofConsent;
  const key = codes.find((one) => Object.hasOwn(table, one));
  const own = key === undefined ? undefined : table[key];
  if (flow === 'app') return { kind: found.kind, reason: own ?? personWanted };
  return own === undefined ? found : person(own);
}

function lookUp(table: Readonly<Record<string, Known>>, key: string): Known | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
