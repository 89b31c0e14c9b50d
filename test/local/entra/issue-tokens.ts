import { createHash, randomBytes } from 'node:crypto';
import { mintToken, type TokenClaims } from '../wire/tokens.ts';
import type { WireAnswer } from '../wire/wire.ts';
import { entraJson } from './entra-refusal.ts';
import type { ClientCredentialKind, EntraState, Grant, RefreshToken } from './entra-state.ts';
import type { Audience } from './find-audience.ts';
import type { TokenRequest } from './read-token-request.ts';

/** The token to issue: without a grant it is the app's own. */
export interface Issue {
  readonly request: TokenRequest;
  readonly audience: Audience;
  readonly credential: ClientCredentialKind;
  readonly grant?: Grant & { readonly nonce?: string };
}

/** Signs the tokens, keeps them in `issued`, and answers as v1 (numbers as text) or v2. */
export function issueTokens(state: EntraState, issue: Issue): WireAnswer {
  const { request, audience, credential, grant } = issue;
  const claims = state.alterClaims?.(makeClaims(state, issue)) ?? makeClaims(state, issue);
  const accessToken = mintToken(claims);
  const rotated = grant && audience.offline ? rotate(state, grant) : undefined;
  const grantType = request.form.get('grant_type') ?? '';
  const refreshToken = rotated === undefined ? {} : { refreshToken: rotated };
  state.issued.push({ grantType, credential, claims, accessToken, ...refreshToken });
  const permissions = audience.permissions.map((name) =>
    request.version === 1 ? name : `${audience.resource}/${name}`,
  );
  return entraJson(200, {
    token_type: 'Bearer',
    ...(grant ? { scope: permissions.join(' ') } : {}),
    ...describeTimes(request.version, state.tokenLifetimeSeconds),
    ...(request.version === 1 ? { resource: audience.resource } : {}),
    access_token: accessToken,
    ...(rotated === undefined ? {} : { refresh_token: rotated }),
    ...(grant && audience.openId ? { id_token: makeIdToken(claims, grant) } : {}),
  });
}

/** A new refresh token for a person's grant; opaque and unique. */
export function addRefreshToken(state: EntraState, grant: Grant, token = `1.${makeOpaque()}`): RefreshToken {
  const { clientId, tenantId, mfa, issuedAt, resource } = grant;
  const added = { clientId, tenantId, mfa, issuedAt, resource, token, revoked: false, expired: false };
  state.refreshTokens.set(token, added);
  return added;
}

/** The unguessable text of a code or refresh token. */
export function makeOpaque(): string {
  return `AX${randomBytes(90).toString('base64url')}`;
}

function rotate(state: EntraState, grant: Grant): string | undefined {
  if (state.refreshTokenAnswer === 'omit') return undefined;
  if (state.refreshTokenAnswer === 'empty') return '';
  return addRefreshToken(state, { ...grant, issuedAt: Math.floor(Date.now() / 1000) }).token;
}

function makeClaims(state: EntraState, { request, audience, grant }: Issue): TokenClaims {
  const tid = grant?.tenantId ?? request.app.tenantId;
  const appid = request.app.clientId;
  const iat = Math.floor(Date.now() / 1000);
  const oid = makeObjectId(grant ? `person in ${tid}` : appid);
  const exp = iat + state.tokenLifetimeSeconds;
  const base = {
    aud: audience.resource,
    iss: `https://sts.windows.net/${tid}/`,
    iat,
    nbf: iat,
    exp,
    appid,
    tid,
    oid,
    sub: oid,
  };
  if (!grant) return { ...base, idtyp: 'app' };
  const upn = 'integration.account@partner.example';
  return { ...base, upn, scp: audience.permissions.join(' '), amr: grant.mfa ? ['pwd', 'mfa'] : ['pwd'] };
}

function makeIdToken(claims: TokenClaims, grant: { readonly nonce?: string }): string {
  const { scp: _scp, amr: _amr, upn: _upn, ...base } = claims;
  return mintToken({ ...base, aud: claims.appid, ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }) });
}

function describeTimes(version: 1 | 2, lifetime: number): Record<string, string | number> {
  if (version === 2) return { expires_in: lifetime, ext_expires_in: lifetime };
  const now = Math.floor(Date.now() / 1000);
  const text = { expires_in: `${lifetime}`, ext_expires_in: `${lifetime}` };
  return { ...text, expires_on: `${now + lifetime}`, not_before: `${now - 300}` };
}

function makeObjectId(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
