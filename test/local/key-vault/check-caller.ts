import { readBearer } from '../wire/tokens.ts';
import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import type { VaultOperation } from './find-operation.ts';
import { challenge, vaultError } from './vault-answers.ts';

/** The tenant and audience that a vault trusts. */
export interface Trust {
  /** `{authority}/{tenant}`, named in the challenge. */
  readonly authorization: string;
  readonly tenantId: string;
  /** The required audience of a token. */
  readonly resource: string;
}

/** The 401 for a request without a valid token; undefined if the caller is authenticated. */
export function refuseCaller(request: WireRequest, trust: Trust): WireAnswer | undefined {
  const refuse = (message: string): WireAnswer => challenge(trust.authorization, trust.resource, message);
  const { authorization } = request.headers;
  if (authorization === undefined) return refuse('AKV10000: Request is missing a Bearer or PoP token.');
  const token = readBearer(authorization);
  if (!token) return refuse('AKV10021: The token is malformed or its signature is wrong.');
  if (token.aud.replace(/\/$/, '') !== trust.resource) {
    return refuse(`AKV10022: Invalid audience. Expected ${trust.resource}, found: ${token.aud}.`);
  }
  if (token.tid !== trust.tenantId) return refuse('AKV10032: Invalid issuer.');
  if (token.exp * 1000 <= Date.now()) return refuse('AKV10023: The token has expired.');
  return undefined;
}

/** The 403 of a vault under Azure RBAC. */
export function refuseOperation(operation: VaultOperation, vault: string): WireAnswer {
  const message = [
    'Caller is not authorized to perform action on resource.',
    'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
    `Action: 'Microsoft.KeyVault/vaults/secrets/${operation.permission}'`,
    `Vault: ${vault}`,
  ].join('\r\n');
  return vaultError(403, 'Forbidden', message, 'ForbiddenByRbac');
}
