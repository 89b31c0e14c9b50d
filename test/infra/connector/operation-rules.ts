import { platformResponses } from '../../../shared/open-api/platform-responses.ts';
import { listOperations, type Connector, type ConnectorOperation } from './connector.ts';
import { isPlainTitle, isSentence, type Rule, unless } from './rule.ts';

const first = (connector: Connector): ConnectorOperation => listOperations(connector)[0]!.operation;
const ofPath = (connector: Connector, path: string): ConnectorOperation =>
  listOperations(connector).find((one) => one.path === path && (path !== '/v1/customers' || one.verb === 'post'))!
    .operation;
const each = (check: (operation: ConnectorOperation, path: string, verb: string) => boolean): Rule['find'] => {
  return (connector) =>
    listOperations(connector).flatMap(({ operation, path, verb }) =>
      unless(check(operation, path, verb), operation.operationId),
    );
};

/** What the certification asks of operations, their parameters and their answers. */
export const operationRules: readonly Rule[] = [
  {
    title: 'offers the five operations that makers need',
    find: (connector) => {
      const found = new Set(listOperations(connector).map(({ operation }) => operation.operationId));
      return ['OnboardCustomer', 'ListOnboardings', 'ValidateCustomer', 'GetOnboarding', 'TestConnection'].filter(
        (id) => !found.has(id),
      );
    },
    spoil: ({ definition }) => void delete definition.paths['/v1/customers/validate'],
  },
  {
    title: 'names every operation in PascalCase, each once',
    find: (connector) => {
      const ids = listOperations(connector).map(({ operation }) => operation.operationId);
      return ids.filter((id, index) => !/^([A-Z][a-z0-9]+)+$/.test(id) || ids.indexOf(id) !== index);
    },
    spoil: (connector) => void (first(connector).operationId = 'onboard_customer'),
  },
  {
    title: 'has plain summaries of at most 80 characters',
    find: each(({ summary }) => summary.length <= 80 && isPlainTitle(summary)),
    spoil: (connector) => void (first(connector).summary = 'Onboard a customer & its admin'),
  },
  {
    title: 'describes every operation and answer in sentences',
    find: each(
      ({ description, responses }) =>
        isSentence(description) && Object.values(responses).every((response) => isSentence(response.description)),
    ),
    spoil: (connector) => void (first(connector).responses['409'] = { description: 'Conflict' }),
  },
  {
    title: 'states the visibility of every operation',
    find: each((operation) =>
      ['none', 'important', 'advanced', 'internal'].includes(String(operation['x-ms-visibility'])),
    ),
    spoil: (connector) => void delete first(connector)['x-ms-visibility'],
  },
  {
    title: 'has summary and description on every parameter',
    find: each(({ parameters }) =>
      parameters.every((one) => isPlainTitle(one['x-ms-summary']) && isSentence(one.description)),
    ),
    spoil: (connector) => void delete first(connector).parameters[0]?.['x-ms-summary'],
  },
  {
    title: 'encodes path parameters once',
    find: each(({ parameters }) =>
      parameters.every(
        (one) => one.in !== 'path' || (one['x-ms-url-encoding'] === 'single' && (one.required as unknown) === true),
      ),
    ),
    spoil: (connector) => void delete ofPath(connector, '/v1/customers/{domain}').parameters[0]?.['x-ms-url-encoding'],
  },
  {
    title: 'has exactly one answer with a schema for each operation, on 200 or 201 and never on default',
    find: each(({ responses }) => {
      const described = Object.entries(responses).flatMap(([status, { schema }]) => (schema ? [status] : []));
      return described.length === 1 && ['200', '201'].includes(described[0] ?? '') && !('default' in responses);
    }),
    spoil: (connector) =>
      void (first(connector).responses['default'] = { description: 'Any.', schema: { type: 'object' } }),
  },
  {
    title: 'sends no body with GET',
    find: each(({ parameters }, _, verb) => verb !== 'get' || parameters.every((one) => one.in !== 'body')),
    spoil: (connector) =>
      void ofPath(connector, '/v1/connection').parameters.push(ofPath(connector, '/v1/customers').parameters[0]!),
  },
  {
    title: 'has no question mark, hash or asterisk in a path',
    find: each((_, path) => !/[?#*]/.test(path)),
    spoil: ({ definition }) =>
      void (definition.paths['/v1/customers?validateOnly=true'] = definition.paths['/v1/customers']!),
  },
  {
    title: 'has no parameter called connectionId',
    find: each(({ parameters }) => parameters.every(({ name }) => name.toLowerCase() !== 'connectionid')),
    spoil: (connector) => void first(connector).parameters.push({ name: 'connectionId', in: 'query' }),
  },
  {
    title: 'tests a connection with an internal GET without parameters',
    find: (connector) => {
      const { testConnection } = connector.definition['x-ms-capabilities'];
      const found = listOperations(connector).find((one) => one.operation.operationId === testConnection?.operationId);
      const { operation, verb } = found ?? {};
      const isGood =
        verb === 'get' && operation?.parameters.length === 0 && operation['x-ms-visibility'] === 'internal';
      return unless(isGood, 'testConnection');
    },
    spoil: (connector) => void delete connector.definition['x-ms-capabilities'].testConnection,
  },
  {
    title: 'documents the errors that a maker can meet',
    find: (connector) =>
      ['400', '401', '403', '409', '413', '415', '422', '429', '500', '502', '503', '504'].filter(
        (status) => !(status in ofPath(connector, '/v1/customers').responses),
      ),
    spoil: (connector) => void delete ofPath(connector, '/v1/customers').responses['503'],
  },
  {
    title: 'tells on every operation which responses come from the platform, without a body',
    find: each(({ responses }) =>
      Object.keys(platformResponses).every((status) =>
        responses[status]?.description.includes(`A ${status} with an empty body`),
      ),
    ),
    spoil: (connector) => void (first(connector).responses['429'] = { description: 'Too many requests.' }),
  },
];
