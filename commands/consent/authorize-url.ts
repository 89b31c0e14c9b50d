import { createHash, randomBytes } from 'node:crypto';

/** The values that identify one consent when the redirect arrives. Only state and nonce are printed, as part of the address. */
export interface ConsentSecrets {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636): only the process that began the consent can redeem its code. */
  readonly verifier: string;
}

export interface AuthorizeRequest {
  readonly authorityUrl: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
}

/** Fresh, unguessable values for one consent. */
export function makeConsentSecrets(): ConsentSecrets {
  const random = () => randomBytes(32).toString('base64url');
  return { state: random(), nonce: random(), verifier: random() };
}

/**
 * The address at which the person signs in (Microsoft identity platform, "OAuth 2.0 authorization code flow"). `amr_values=mfa` demands
 * multi-factor authentication (Partner Center documentation, "Secure Application Model").
 */
export function makeAuthorizeUrl(request: AuthorizeRequest, secrets: ConsentSecrets): string {
  const query = new URLSearchParams({
    client_id: request.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    amr_values: 'mfa',
    prompt: 'select_account',
  });
  return `${request.authorityUrl}/${request.tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}
