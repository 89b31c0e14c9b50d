import type { JsonObject } from '../../shared/open-api/refer.ts';
import { buildFlow } from './flow-definition.ts';

const title = 'Onboard a customer from a list';
const flow = '6a1f0b52-3c84-4e0a-9d27-5b8e9c1f7a30';
const connections = {
  shared_sharepointonline: {
    name: 'SharePoint',
    api: '0d4c7b1e-8f25-4a6b-b3d9-2e7f1c5a9b61',
    connection: '91e5d3a7-4b0c-4f8d-a1e2-7c6b5d4e3f20',
  },
  shared_keyvault: {
    name: 'Azure Key Vault',
    api: '3b7e9f10-5d2c-4c1a-8e6f-9a0b1c2d3e4f',
    connection: 'c2f8a6e4-1d3b-4e5f-9a7c-0b1d2e3f4a5b',
  },
} as const;
const entries = Object.entries(connections);

/** The files of the package that Power Automate imports ("Import Package (Legacy)"), by their paths in the zip. */
export function buildFlowPackage(): Readonly<Record<string, JsonObject>> {
  const folder = 'Microsoft.Flow/flows';
  return {
    'manifest.json': buildManifest(),
    [`${folder}/manifest.json`]: { packageSchemaVersion: '1.0', flowAssets: { assetPaths: [flow] } },
    [`${folder}/${flow}/definition.json`]: {
      name: flow,
      id: `/providers/Microsoft.Flow/flows/${flow}`,
      type: 'Microsoft.Flow/flows',
      properties: {
        apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
        displayName: title,
        definition: buildFlow(),
        connectionReferences: Object.fromEntries(
          entries.map(([id]) => [
            id,
            {
              connectionName: id,
              source: 'Invoker',
              id: `/providers/Microsoft.PowerApps/apis/${id}`,
              tier: 'NotSpecified',
            },
          ]),
        ),
        flowFailureAlertSubscribed: false,
        isManaged: false,
      },
    },
    [`${folder}/${flow}/apisMap.json`]: Object.fromEntries(entries.map(([id, { api }]) => [id, api])),
    [`${folder}/${flow}/connectionsMap.json`]: Object.fromEntries(entries.map(([id, one]) => [id, one.connection])),
  };
}

function buildManifest(): JsonObject {
  const dependencies = entries.flatMap(([id, { name, api, connection }]) => [
    [
      api,
      {
        id: `/providers/Microsoft.PowerApps/apis/${id}`,
        name: id,
        type: 'Microsoft.PowerApps/apis',
        suggestedCreationType: 'Existing',
        details: { displayName: name },
        configurableBy: 'System',
        hierarchy: 'Child',
        dependsOn: [],
      },
    ],
    [
      connection,
      {
        type: 'Microsoft.PowerApps/apis/connections',
        suggestedCreationType: 'Existing',
        creationType: 'Existing',
        details: { displayName: name },
        configurableBy: 'User',
        hierarchy: 'Child',
        dependsOn: [api],
      },
    ],
  ]);
  const own = {
    type: 'Microsoft.Flow/flows',
    suggestedCreationType: 'New',
    creationType: 'Existing, New, Update',
    details: { displayName: title },
    configurableBy: 'User',
    hierarchy: 'Root',
    dependsOn: entries.flatMap(([, { api, connection }]) => [api, connection]),
  };
  return {
    schema: '1.0',
    details: {
      displayName: title,
      description: 'A new row of a list is onboarded, and what came of it is written back to the row.',
      createdTime: '2026-01-01T00:00:00Z',
      packageTelemetryId: flow,
      creator: 'N/A',
      sourceEnvironment: '',
    },
    resources: { [flow]: own, ...(Object.fromEntries(dependencies) as JsonObject) },
  };
}
