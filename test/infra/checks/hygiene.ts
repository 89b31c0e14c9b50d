import type { BicepFile } from '../bicep-file.ts';
import { complainUnless, fileOf, type Infra } from '../infra.ts';

const looksSecret = /password|passphrase|clientsecret|apikey|accesskey|webhook|sastoken|connectionstring$/i;

/** Check 20: no secret in a default, a parameter file, an output or a resource. */
export function checkSecrets(infra: Infra): string[] {
  return [
    ...infra.files.flatMap(({ path, parameters, outputs, resources, calls }) => [
      ...parameters
        .filter(({ name, decorators }) => looksSecret.test(name) && !decorators.has('secure') && path === 'main.bicep')
        .map(({ name }) => `${path}: parameter ${name} is not @secure`),
      ...parameters
        .filter(({ decorators, value }) => decorators.has('secure') && value !== undefined && value !== "''")
        .map(({ name }) => `${path}: ${name} is secret and has a default`),
      ...complainUnless(
        path !== 'main.bicep' || ![...outputs.keys()].some((name) => looksSecret.test(name)),
        `${path}: output`,
      ),
      ...resources
        .filter(({ type, existing }) => type === 'Microsoft.KeyVault/vaults/secrets' && !existing)
        .map(({ symbol }) => `${path}: ${symbol} writes a secret past the rights on the vault`),
      ...complainUnless(!calls.some((name) => name.endsWith('getSecret')), `${path}: getSecret()`),
    ]),
    ...[...infra.parameterFiles].flatMap(([file, parameters]) =>
      Object.entries(parameters).flatMap(([name, { value }]) =>
        complainUnless(
          !looksSecret.test(name) &&
            !/[A-Za-z0-9+/~_.-]{38,}/.test(JSON.stringify(value).replaceAll(/\$\{\w+=?\}/g, '')),
          `${file}: ${name} looks like a secret`,
        ),
      ),
    ),
  ];
}

const untaggable = [
  /^Microsoft\.Authorization\//,
  /^Microsoft\.Insights\/diagnosticSettings$/,
  /^Microsoft\.Storage\/storageAccounts\/./,
  /^Microsoft\.Web\/sites\/./,
  /^Microsoft\.Network\/virtualNetworks\/subnets$/,
  /^Microsoft\.Network\/privateEndpoints\/./,
];

/** Check 23: tags on all that takes tags; one parameter says where, the fallback vault's region aside. */
export function checkTagsAndLocation(infra: Infra): string[] {
  return infra.files.flatMap(({ path, resources, modules }) => [
    ...resources
      .filter(({ existing, type }) => !existing && !untaggable.some((pattern) => pattern.test(type)))
      .flatMap(({ symbol, properties }) => [
        ...complainUnless(/^(tags|union\(tags, )/.test(tagsOf(properties)), `${path}: ${symbol} has no tags`),
        ...complainUnless(
          /^(location|'global')$/.test(properties.get('location') ?? ''),
          `${path}: ${symbol} is elsewhere`,
        ),
      ]),
    ...modules.flatMap(({ symbol, properties }) => {
      const location = properties.get('params.location') ?? 'location';
      const right = location === (symbol === 'fallback' ? 'fallbackLocation' : 'location');
      return complainUnless(right, `${path}: ${symbol} is deployed to ${location}`);
    }),
  ]);
}

const tagsOf = (properties: ReadonlyMap<string, string>): string => properties.get('tags') ?? '';

/** API versions in use, each the newest stable one that was reviewed. Diagnostic settings have no usable stable version. */
const approved = new Map([
  ['Microsoft.Web', ['2025-03-01']],
  ['Microsoft.KeyVault', ['2026-02-01']],
  ['Microsoft.Storage', ['2025-06-01']],
  ['Microsoft.ManagedIdentity', ['2024-11-30']],
  ['Microsoft.Authorization', ['2022-04-01', '2020-05-01']],
  ['Microsoft.OperationalInsights', ['2025-07-01']],
  [
    'Microsoft.Insights',
    ['2020-02-02', '2023-12-01', '2023-01-01', '2018-03-01', '2020-10-01', '2022-06-15', '2023-06-01'],
  ],
  ['Microsoft.Network', ['2025-05-01', '2024-06-01']],
]);

/** Check 24: stable and approved API versions. */
export function checkApiVersions(infra: Infra): string[] {
  return infra.files
    .flatMap(({ resources }) => resources)
    .filter(
      ({ type, version }) => !(type === 'Microsoft.Insights/diagnosticSettings' && version === '2021-05-01-preview'),
    )
    .filter(({ type, version }) => !approved.get(type.split('/')[0] ?? '')?.includes(version))
    .map(({ file, type, version }) => `${file}: ${type}@${version} is not approved`);
}

const suffix = /(azure\.(net|com|cn)|windows\.net|microsoftonline|azurewebsites|usgovcloudapi|chinacloudapi)/;

/** Check 25: no domain of one cloud, no module from a registry. */
export function checkPortability(infra: Infra): string[] {
  return [
    ...infra.files.flatMap(({ path, strings }) =>
      strings.filter((text) => suffix.test(text)).map((text) => `${path}: ${text} holds good in one cloud only`),
    ),
    ...infra.files.flatMap(({ path, modules }) =>
      modules
        .filter(({ type }) => /^(br|ts)[:/]/.test(type))
        .map(({ type }) => `${path}: ${type} is not in this repository`),
    ),
  ];
}

/** Parameters that could be set wrongly say what they want: each has a description, numbers have bounds, texts and lists a length or a list. */
export function checkParameters(infra: Infra): string[] {
  const main: BicepFile = fileOf(infra, 'main.bicep');
  return [
    ...infra.files.flatMap(({ path, parameters }) =>
      parameters
        .filter(({ decorators }) => !decorators.has('description'))
        .map(({ name }) => `${path}: ${name} is not described`),
    ),
    ...main.parameters
      .filter(({ type, decorators }) => {
        if (type === 'bool' || type === 'object' || decorators.has('allowed')) return false;
        return type === 'int'
          ? !decorators.has('minValue') || !decorators.has('maxValue')
          : !decorators.has('maxLength');
      })
      .map(({ name }) => `main.bicep: ${name} takes any value`),
    ...[...infra.parameterFiles].flatMap(([file, given]) => [
      ...Object.keys(given)
        .filter((name) => !main.parameters.some((parameter) => parameter.name === name))
        .map((name) => `${file}: there is no parameter ${name}`),
      ...main.parameters
        .filter(({ name, value }) => value === undefined && given[name] === undefined)
        .map(({ name }) => `${file}: ${name} is missing`),
    ]),
  ];
}
