import { complainUnless, created, expectProperties, fileOf, type Infra } from '../infra.ts';

/** Check 18: with the network option the app sends from a subnet of its own and reaches vaults and storage privately. */
export function checkNetwork(infra: Infra): string[] {
  const main = fileOf(infra, 'main.bicep');
  const endpoints = fileOf(infra, 'modules/endpoints.bicep');
  const given = main.modules.find(({ type }) => type === 'modules/endpoints.bicep')?.properties;
  const targets = [0, 1, 2].map((i) => given?.get(`params.vaults[${i}].id`));
  return [
    ...created(infra, 'Microsoft.Web/sites').flatMap((site) =>
      expectProperties(site, { 'properties.virtualNetworkSubnetId': /\bsubnetId$/ }),
    ),
    ...main.modules
      .filter(({ type }) => type === 'modules/network.bicep' || type === 'modules/endpoints.bicep')
      .flatMap(({ symbol, condition }) =>
        complainUnless(condition === 'networkIsolation', `${symbol} ignores the flag`),
      ),
    ...complainUnless(
      main.modules
        .find(({ type }) => type === 'modules/app.bicep')
        ?.properties.get('params.subnetId')
        ?.startsWith('networkIsolation ? network!.outputs.appSubnetId') ?? false,
      'the app does not get the subnet',
    ),
    ...complainUnless(new Set(targets).size === 3 && !targets.includes(undefined), 'a vault has no private endpoint'),
    ...complainUnless(given?.get('params.storage.id') === 'storage.outputs.id', 'the storage has no private endpoint'),
    ...['vault', 'blob'].flatMap((group) =>
      complainUnless(
        endpoints.modules.some(({ properties }) => properties.get('params.groupId') === `'${group}'`),
        `no private endpoint for ${group}`,
      ),
    ),
    ...complainUnless(
      created(infra, 'Microsoft.Network/privateDnsZones').length === 2,
      'a private DNS zone is missing',
    ),
    ...complainUnless(
      created(infra, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks').length === 2,
      'a private DNS zone is not linked',
    ),
    ...complainUnless(
      created(infra, 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups').length === 1,
      'private endpoints have no DNS zone group',
    ),
    ...checkSubnets(infra),
  ];
}

function checkSubnets(infra: Infra): string[] {
  const service = 'properties.delegations[0].properties.serviceName';
  const subnets = created(infra, 'Microsoft.Network/virtualNetworks/subnets');
  const app = subnets.filter(({ properties }) => properties.get(service) === "'Microsoft.App/environments'");
  const outputs = fileOf(infra, 'modules/network.bicep').outputs;
  return [
    ...subnets.flatMap((subnet) => expectProperties(subnet, { 'properties.networkSecurityGroup.id': /\.id$/ })),
    ...app.flatMap((subnet) => [
      ...expectProperties(subnet, { 'properties.natGateway.id': 'nat.id', name: /^'[^_]+'$/ }),
      ...complainUnless(outputs.get('appSubnetId') === `${subnet.symbol}.id`, 'the app is in another subnet'),
      ...complainUnless(outputs.get('endpointSubnetId') !== `${subnet.symbol}.id`, 'the endpoints share its subnet'),
    ]),
    ...complainUnless(app.length === 1, 'not exactly one subnet is delegated to Microsoft.App/environments'),
  ];
}
