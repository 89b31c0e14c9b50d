import { isIPv4 } from 'node:net';

/** A rule as the configuration of a site holds it; what this project does not know of is kept as it is. */
export interface AccessRule {
  readonly name?: string;
  readonly ipAddress?: string;
  readonly priority?: number;
  readonly [property: string]: unknown;
}

/** The rules of the app and of its deployment site: the only properties that are ever sent. */
export interface AccessRules {
  readonly ipSecurityRestrictions: readonly AccessRule[];
  readonly scmIpSecurityRestrictions: readonly AccessRule[];
}

const ruleName = 'runner';
const lists = ['ipSecurityRestrictions', 'scmIpSecurityRestrictions'] as const;

/** The address as a range of one; throws unless it is a plain IPv4 address. */
export function readAddress(text: string): string {
  const address = text.trim();
  if (!isIPv4(address))
    throw new Error(`Not an IPv4 address: ${JSON.stringify(address.slice(0, 60))}. Expected 203.0.113.7`);
  return `${address}/32`;
}

/** The rules of a site without the runner's, as they can be sent back. */
export const shutOut = (config: unknown): AccessRules => changeRules(config, () => []);

/** The same with one rule for the range of the runner in front. */
export const letIn = (config: unknown, range: string): AccessRules =>
  changeRules(config, () => [{ name: ruleName, action: 'Allow', ipAddress: range, priority: 50 }]);

/** True when the runner has a rule in the list of the app and in that of the deployment site. */
export const isIn = (config: unknown): boolean => lists.every((list) => readList(config, list).some(isRunner));

/** True when the runner has a rule in either list. */
export const isLeft = (config: unknown): boolean => lists.some((list) => readList(config, list).some(isRunner));

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
  if (!properties) throw new Error('The answer of Azure is no configuration of a site: it has no properties');
  return [...(properties[list] ?? [])];
}

const isRunner = ({ name }: AccessRule): boolean => name === ruleName;
// Azure shows the default action as a last rule; it is a property of its own and no rule to send.
const isDefault = ({ ipAddress, priority }: AccessRule): boolean => ipAddress === 'Any' && priority === 2_147_483_647;
