import { createHash } from 'node:crypto';
import type { WireAnswer } from '../wire/wire.ts';
import { checkClient } from './check-client.ts';
import { EntraRefusal } from './entra-refusal.ts';
import type { AuthorizationCode, EntraState, RefreshToken } from './entra-state.ts';
import { checkDefaultScope, findAudience } from './find-audience.ts';
import { issueTokens } from './issue-tokens.ts';
import { demand, type TokenRequest } from './read-token-request.ts';

const REFRESH_TOKEN_SECONDS = 90 * 86_400;
const CODE_SECONDS = 600;

/** Answers a token request by its grant; throws Entra's refusal. */
export function answerGrant(state: EntraState, request: TokenRequest): WireAnswer {
  const { version, form } = request;
  const grantType = demand(form, 'grant_type');
  const credential = checkClient(state, request);
  switch (grantType) {
    case 'client_credentials': {
      if (version === 2) checkDefaultScope(form);
      const audience = findAudience(state, version, form);
      return issueTokens(state, { request, audience, credential });
    }
    case 'refresh_token': {
      const grant = findRefreshToken(state, request);
      return issueTokens(state, {
        request,
        audience: findAudience(state, version, form, grant.resource),
        credential,
        grant,
      });
    }
    case 'authorization_code': {
      const grant = findCode(state, request);
      if (!form.has('scope')) form.set('scope', grant.scope);
      const audience = findAudience(state, version, form, grant.resource);
      grant.redeemed = true;
      return issueTokens(state, { request, audience, credential, grant });
    }
    default:
      throw new EntraRefusal(70003, `'${grantType}'.`);
  }
}

function findRefreshToken(state: EntraState, { app, form }: TokenRequest): RefreshToken {
  const found = state.refreshTokens.get(demand(form, 'refresh_token'));
  if (!found || found.clientId !== app.clientId) throw new EntraRefusal(70000);
  if (found.revoked) throw new EntraRefusal(50173);
  const over = found.issuedAt + REFRESH_TOKEN_SECONDS <= Date.now() / 1000;
  if (found.expired || over)
    throw new EntraRefusal(700082, `Issued on ${new Date(found.issuedAt * 1000).toISOString()}.`);
  return found;
}

function findCode(state: EntraState, { app, form }: TokenRequest): AuthorizationCode {
  const found = state.codes.get(demand(form, 'code'));
  if (!found || found.clientId !== app.clientId) throw new EntraRefusal(70000);
  if (found.redeemed) throw new EntraRefusal(54005);
  if (found.issuedAt + CODE_SECONDS <= Date.now() / 1000) throw new EntraRefusal(70008);
  if (form.get('redirect_uri') !== found.redirectUri) throw new EntraRefusal(500112);
  const verifier = form.get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const proven = found.challenge === undefined ? verifier === '' : challenge === found.challenge;
  if (!proven) throw new EntraRefusal(501481);
  return found;
}
