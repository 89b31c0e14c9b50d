import type { RenewableCredential } from '../../network/renewable-credential.ts';
import type { Settings } from '../../settings/settings.ts';
import { makeClientAssertion } from './client-assertion.ts';
import { readClientCertificate } from './client-certificate.ts';
import type { PartnerSecrets } from './partner-secret.ts';
import { tokenEndpoint, type TokenForm } from './token-endpoint.ts';

export interface CredentialOptions {
  readonly settings: Pick<Settings, 'authorityUrl' | 'partnerClientCredential' | 'federatedAudience'>;
  readonly identity: RenewableCredential;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * The form fields that authenticate the app at the token endpoint: a client secret, an assertion signed with a certificate, or a token of the
 * managed identity (Microsoft Entra documentation, "Configure an application to trust a managed identity"). Create them for every request: an
 * assertion is valid only once.
 */
export async function proveClient(secrets: PartnerSecrets, options: CredentialOptions): Promise<TokenForm> {
  const { settings, identity } = options;
  const { credential } = secrets;
  if (settings.partnerClientCredential === 'managed-identity' || !credential) {
    const token = await identity.getToken(`${settings.federatedAudience}/.default`);
    return { client_assertion_type: assertionType, client_assertion: token?.token ?? '' };
  }
  if (settings.partnerClientCredential === 'secret') return { client_secret: credential.value };
  const audience = tokenEndpoint(settings.authorityUrl, secrets.tenantId.value);
  const certificate = await readClientCertificate(credential);
  return {
    client_assertion_type: assertionType,
    client_assertion: makeClientAssertion(certificate, secrets.clientId.value, audience),
  };
}
