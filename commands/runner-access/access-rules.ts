import { isIPv4 } from 'node:net';

/** An access rule in the configuration of a site. Unknown properties are kept. */
export interface AccessRule {
  readonly name?: string;
  readonly ipAddress?: string;
  readonly priority?: number;
  readonly [property: string]: unknown;
}

/** The access rules of the app and of its deployment site: the only properties that are sent. */
export interface AccessRules {
  readonly ipSecurityRestrictions: readonly AccessRule[];
  readonly scmIpSecurityRestrictions: readonly AccessRule[];
}

const ruleName = 'runner';
const lists = ['ipSecurityRestrictions', 'scmIpSecurityRestrictions'] as const;

/** The address as a /32 range; throws unless it is an IPv4 address. */
export function readAddress(text: string): string {
  const address = text.trim();
  if (!isIPv4(address))
    throw new Error(`Not an IPv4 address: ${JSON.stringify(address.slice(0, 60))}. Expected 203.0.113.7`);
  return `${address}/32`;
}

/** The access rules of a site without the runner's rule. */
export const withoutRunner = (config: unknown): AccessRules => changeRules(config, () => []);

/** The access rules of a site with one rule for the runner. */
export const withRunner = (config: unknown, range: string): AccessRules =>
  changeRules(config, () => [{ name: ruleName, action: 'Allow', ipAddress: range, priority: 50 }]);

/** True if both lists, of the app and of its deployment site, have a rule for the runner. */
export const isAllowed = (config: unknown): boolean => lists.every((list) => readList(config, list).some(isRunner));

/** True if either list has a rule for the runner. */
export const isListed = (config: unknown): boolean => lists.some((list) => readList(config, list).some(isRunner));

function changeRules(config: unknown, first: () => AccessRule[]): AccessRules {
  const change = (list: (typeof lists)[number]): AccessRule[] => [
    ...first(),
    ...readList(config, list).filter((rule) => !isRunner(rule) && !isDefault(rule)),
  ];
  return {
    ipSecurityRestrictions: change('ipSecurityRestrictions'),
    scmIpSecurityRestrictions: change('scmIpSecurityRestrictions'),
  };
}

function readList(config: unknown, list: (typeof lists)[number]): AccessRule[] {
  const { properties } = (config ?? {}) as { properties?: Partial<AccessRules> };
  if (!properties) throw new Error('The response is not the configuration of a site: it has no properties');
  return [...(properties[list] ?? [])];
}

const isRunner = ({ name }: AccessRule): boolean => name === ruleName;
// Azure lists the default action as the last rule, but it is a separate property and must not be sent.
const isDefault = ({ ipAddress, priority }: AccessRule): boolean => ipAddress === 'Any' && priority === 2_147_483_647;
