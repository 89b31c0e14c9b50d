import manifest from '../../package.json' with { type: 'json' };
import { buildOpenApi } from '../../shared/open-api/document.ts';
import { buildConnector } from './connector-definition.ts';
import { buildConnectorProperties } from './connector-properties.ts';
import { buildFlowPackage } from './flow-package.ts';

/** Every file that is generated from the schemas and committed, by its path in the repository. */
export function listGeneratedFiles(): ReadonlyMap<string, string> {
  const { version } = manifest;
  const flow = Object.entries(buildFlowPackage()).map(
    ([path, file]) => [`infra/connector/flow/${path}`, file] as const,
  );
  const files: readonly (readonly [string, object])[] = [
    ['infra/connector/apiDefinition.swagger.json', buildConnector(version, 'key')],
    ['infra/connector/apiProperties.json', buildConnectorProperties('key')],
    ['infra/connector/entra/apiDefinition.swagger.json', buildConnector(version, 'entra')],
    ['infra/connector/entra/apiProperties.json', buildConnectorProperties('entra')],
    ...flow,
  ];
  return new Map([
    ['infra/openapi.json', `${JSON.stringify(buildOpenApi(version), null, 2)}\n`],
    // Four spaces, as the certification of connectors recommends.
    ...files.map(([path, file]): [string, string] => [path, `${JSON.stringify(file, null, 4)}\n`]),
  ]);
}
