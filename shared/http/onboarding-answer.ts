import type { HttpRequest } from '@azure/functions';
import { credentialNames } from '../onboarding/credentials/store-credentials.ts';
import { secretBase } from '../onboarding/domain.ts';
import type { Onboarded } from '../onboarding/onboarded.ts';

/** The flat answer about an onboarding: ids and secret names, never a credential. */
export function describeOnboarded(domain: string, onboarded: Partial<Onboarded>): Record<string, unknown> {
  const { customerId, commerceId, country, culture, language, enableGDAPByDefault, vault } = onboarded;
  const names = credentialNames(secretBase(domain));
  const identify = (name: string, version: string | undefined): string => `${vault}/secrets/${name}/${version}`;
  const stored =
    vault === undefined
      ? {}
      : {
          adminUserName: `admin@${domain}`,
          userNameSecretName: names.userName,
          userNameSecretId: identify(names.userName, onboarded.userNameVersion),
          passwordSecretName: names.password,
          passwordSecretId: identify(names.password, onboarded.passwordVersion),
          vaultUri: vault,
        };
  return { customerId, commerceId, domain, country, culture, language, enableGDAPByDefault, ...stored };
}

/** Where the record of a customer's onboarding can be read: beside the URL of the request, without its query, which may hold a key. */
export function locationOf({ url }: Pick<HttpRequest, 'url'>, domain: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}/${domain}`;
}
