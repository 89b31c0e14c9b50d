import type { HttpRequest } from '@azure/functions';
import { secretNames } from '../credentials/secret-names.ts';
import { secretBase } from '../customer/domain.ts';
import type { CredentialVersions } from '../record/row.ts';
import type { CustomerAnswer } from '../schema/answer-types.ts';

type Secrets = Pick<
  CustomerAnswer,
  'adminUserName' | 'userNameSecretName' | 'userNameSecretId' | 'passwordSecretName' | 'passwordSecretId' | 'vaultUri'
>;

/** The location of an onboarded customer's credentials: names and versions of secrets, never a credential. */
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

/** The URL of the onboarding's record: derived from the request's URL without its query, which may contain a key. */
export function locationOf({ url }: Pick<HttpRequest, 'url'>, domain: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}/${domain}`;
}
