import type { HttpRequest } from '@azure/functions';
import { secretNames } from '../credentials/secret-names.ts';
import { secretBase } from '../customer/domain.ts';
import type { CredentialVersions } from '../record/row.ts';
import type { CustomerAnswer } from '../schema/answer-types.ts';

type Secrets = Pick<
  CustomerAnswer,
  'adminUserName' | 'userNameSecretName' | 'userNameSecretId' | 'passwordSecretName' | 'passwordSecretId' | 'vaultUri'
>;

/** Where the credentials of an onboarded customer are: names and versions of secrets, never a credential. */
export function describeSecrets(
  domain: string,
  { vault, userNameVersion, passwordVersion }: CredentialVersions,
  adminUserName: string,
): Secrets {
  const { userName, password } = secretNames(secretBase(domain));
  return {
    adminUserName,
    userNameSecretName: userName,
    userNameSecretId: `${vault}/secrets/${userName}/${userNameVersion}`,
    passwordSecretName: password,
    passwordSecretId: `${vault}/secrets/${password}/${passwordVersion}`,
    vaultUri: vault,
  };
}

/** Where the record of a customer's onboarding can be read: beside the URL of the request, without its query, which may hold a key. */
export function locationOf({ url }: Pick<HttpRequest, 'url'>, domain: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}/${domain}`;
}
