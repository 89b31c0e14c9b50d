import { checkCertificateAssertion } from './check-certificate-assertion.ts';
import { checkFederatedAssertion } from './check-federated-assertion.ts';
import { EntraRefusal } from './entra-refusal.ts';
import type { ClientCredentialKind, EntraState } from './entra-state.ts';
import { readAssertion } from './read-assertion.ts';
import type { TokenRequest } from './read-token-request.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Proves that the request comes from its app, by secret, certificate or federated credential; throws Entra's refusal. */
export function checkClient(state: EntraState, request: TokenRequest): ClientCredentialKind {
  const { app, form } = request;
  const assertion = form.get('client_assertion');
  if (assertion) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw new EntraRefusal(7000218);
    const jwt = readAssertion(assertion);
    const own = typeof jwt.claims['iss'] === 'string' && jwt.claims['iss'].toLowerCase() === app.clientId;
    const isCertificate = own || 'x5t' in jwt.header || 'x5t#S256' in jwt.header;
    if (!isCertificate) {
      checkFederatedAssertion(app, assertion);
      return 'federated';
    }
    checkCertificateAssertion(request, jwt, state.usedAssertions);
    return 'certificate';
  }
  const secret = form.get('client_secret');
  if (!secret) throw new EntraRefusal(7000218);
  if (app.expiredSecrets.includes(secret)) throw new EntraRefusal(7000222);
  if (!app.secrets.includes(secret)) throw new EntraRefusal(7000215, `App '${app.clientId}'.`);
  return 'secret';
}
