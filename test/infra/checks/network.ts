import { at, complainUnless, expectAt, ofType, type Resource, type Snapshot } from '../snapshot.ts';

const all = (snapshot: Snapshot, name: string): Resource[] => ofType(snapshot, `Microsoft.Network/${name}`);
const link = 'properties.privateLinkServiceConnections.0.properties';

/** Check 18: with the network option, the app has a delegated subnet, and vaults and storage have private endpoints. */
export function checkNetwork(snapshot: Snapshot): string[] {
  const isolated = ofType(snapshot, 'Microsoft.KeyVault/vaults').every(
    (one) => at(one, 'properties.publicNetworkAccess') === 'Disabled',
  );
  if (!isolated) return complainUnless(all(snapshot, 'virtualNetworks').length === 0, 'an unused virtual network');
  const services = [
    ...ofType(snapshot, 'Microsoft.KeyVault/vaults').map(({ id }) => `${id} vault`),
    ...ofType(snapshot, 'Microsoft.Storage/storageAccounts/blobServices').map(({ id }) => `${id} blob`),
    ...ofType(snapshot, 'Microsoft.Storage/storageAccounts/tableServices').map(({ id }) => `${id} table`),
  ].map((text) => text.replace(/\/(blob|table)Services\/default/, ''));
  const endpoints = all(snapshot, 'privateEndpoints').map(
    (one) => `${String(at(one, `${link}.privateLinkServiceId`))} ${String(at(one, `${link}.groupIds.0`))}`,
  );
  const subnets = all(snapshot, 'virtualNetworks/subnets');
  const app = subnets.filter(
    (one) => at(one, 'properties.delegations.0.properties.serviceName') === 'Microsoft.App/environments',
  );
  const placed = all(snapshot, 'privateEndpoints').map((one) => at(one, 'properties.subnet.id'));
  return [
    ...services.filter((one) => !endpoints.includes(one)).map((one) => `no private endpoint for ${one}`),
    ...complainUnless(
      all(snapshot, 'privateEndpoints/privateDnsZoneGroups').length === endpoints.length,
      'a private endpoint has no DNS zone group',
    ),
    ...complainUnless(all(snapshot, 'privateDnsZones').length === 3, 'a private DNS zone is missing'),
    ...complainUnless(all(snapshot, 'privateDnsZones/virtualNetworkLinks').length === 3, 'a zone is not linked'),
    ...complainUnless(app.length === 1, 'expected one subnet delegated to Microsoft.App/environments'),
    ...expectAt(snapshot, 'Microsoft.Web/sites', { 'properties.virtualNetworkSubnetId': app[0]?.id }),
    ...complainUnless(!placed.includes(app[0]?.id), 'a private endpoint is in the subnet of the app'),
    ...complainUnless(
      subnets.every((one) => at(one, 'properties.networkSecurityGroup.id') !== undefined),
      'a subnet has no network security group',
    ),
    ...expectAt(snapshot, 'Microsoft.Storage/storageAccounts', { 'properties.publicNetworkAccess': 'Disabled' }),
  ];
}

/** Check 30: network security groups deny outbound traffic except to listed destinations on port 443; the NAT address is zone-redundant. */
export function checkOutbound(snapshot: Snapshot): string[] {
  return [
    ...all(snapshot, 'networkSecurityGroups').flatMap((group) => {
      const listed = at(group, 'properties.securityRules');
      const rules = (Array.isArray(listed) ? (listed as unknown[]) : []).map((rule) => at(rule, 'properties'));
      const out = rules.filter((rule) => at(rule, 'direction') === 'Outbound');
      const allowed = out.filter((rule) => at(rule, 'access') === 'Allow');
      const denied = out.filter((rule) => at(rule, 'access') === 'Deny');
      const open = allowed.filter((rule) => /^(\*|Internet)$/.test(String(at(rule, 'destinationAddressPrefix'))));
      return [
        ...complainUnless(
          denied.some((rule) => at(rule, 'destinationAddressPrefix') === '*' && at(rule, 'protocol') === '*'),
          `${group.name} does not deny other outbound traffic`,
        ),
        ...complainUnless(open.length === 0, `${group.name} allows all of the internet`),
        ...complainUnless(
          allowed.every((rule) => at(rule, 'destinationPortRange') === '443'),
          `${group.name} allows other ports`,
        ),
      ];
    }),
    ...all(snapshot, 'publicIPAddresses').flatMap(({ name, ...rest }) =>
      complainUnless(/^\[pickZones\(.*, 3\)\]$/.test(String(at(rest, 'zones'))), `${name} is not zone-redundant`),
    ),
  ];
}
