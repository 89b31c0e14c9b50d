import type { Settings } from '../settings/settings.ts';

const prefixPattern = /^[a-z0-9]{1,27}$/;

/** The full initial domain for a prefix or a full domain, ignoring case; undefined if the text is neither or has another suffix. */
export function fullDomain(
  text: string,
  { customerDomainSuffix }: Pick<Settings, 'customerDomainSuffix'>,
): string | undefined {
  const domain = text.toLowerCase();
  const prefix = domain.endsWith(customerDomainSuffix) ? domain.slice(0, -customerDomainSuffix.length) : domain;
  return prefixPattern.test(prefix) ? prefix + customerDomainSuffix : undefined;
}

/** The prefix of all secret names of a domain: dots become hyphens. */
export function secretBase(domain: string): string {
  return domain.replaceAll('.', '-');
}
