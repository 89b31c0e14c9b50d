/** A signed-in caller as App Service Authentication describes it; `claims` in the short form of the token. */
export interface EasyAuthPrincipal {
  readonly id: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly roleType?: string;
}

/** Replaces App Service Authentication: the principal of each known bearer token. */
export interface EasyAuth {
  readonly principals: Readonly<Record<string, EasyAuthPrincipal>>;
}

/**
 * Sets the platform's identity headers: removes those that the caller sent, and adds the principal of a known bearer token.
 * See "Work with user identities in Azure App Service authentication".
 */
export function applyEasyAuth(easyAuth: EasyAuth, headers: Record<string, string>): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^x-ms-(client-principal|token-aad)/.test(name)),
  );
  const token = /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  const principal = token === undefined ? undefined : easyAuth.principals[token];
  if (!principal) return kept;
  return {
    ...kept,
    'x-ms-client-principal': Buffer.from(JSON.stringify(describe(principal))).toString('base64'),
    'x-ms-client-principal-id': principal.id,
    'x-ms-client-principal-name': principal.name ?? principal.id,
    'x-ms-client-principal-idp': 'aad',
  };
}

function describe({ id, name, roles = [], roleType = 'roles' }: EasyAuthPrincipal): Record<string, unknown> {
  const claims = [
    { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: id },
    ...(name === undefined ? [] : [{ typ: 'name', val: name }]),
    ...roles.map((role) => ({ typ: roleType, val: role })),
  ];
  return { auth_typ: 'aad', name_typ: 'name', role_typ: roleType, claims };
}
