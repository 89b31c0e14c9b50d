import type { HttpRequest } from '@azure/functions';
import { credentialNames } from '../onboarding/credentials/store-credentials.ts';
import { secretBase } from '../onboarding/domain.ts';
import type { Onboarded } from '../onboarding/onboarded.ts';
import type { CustomerAnswer } from '../schema/answer-types.ts';

type Secrets = Pick<
  CustomerAnswer,
  'adminUserName' | 'userNameSecretName' | 'userNameSecretId' | 'passwordSecretName' | 'passwordSecretId' | 'vaultUri'
>;

/** Where the credentials of an onboarded customer are: names and versions of secrets, never a credential. */
export function describeSecrets(
  domain: string,
  { vault, userNameVersion, passwordVersion }: Pick<Onboarded, 'vault' | 'userNameVersion' | 'passwordVersion'>,
): Secrets {
  const { userName, password } = credentialNames(secretBase(domain));
  return {
    adminUserName: `admin@${domain}`,
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
