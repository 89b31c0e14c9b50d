import { describe, expect, test } from 'vitest';
import { readConnector } from './connector.ts';
import { infoRules } from './info-rules.ts';
import { operationRules } from './operation-rules.ts';
import { propertyRules } from './property-rules.ts';
import { requestRules } from './request-rules.ts';
import { schemaRules } from './schema-rules.ts';

const rules = [...infoRules, ...operationRules, ...schemaRules, ...requestRules, ...propertyRules];

describe.each(['key', 'entra'] as const)('with sign-in by %s the connector', (signIn) => {
  test.each(rules)('$title', ({ find }) => {
    expect(find(readConnector(signIn))).toEqual([]);
  });
});

describe('a connector that breaks a rule is found out', () => {
  test.each(rules)('$title', ({ find, spoil }) => {
    const connector = readConnector('key');
    spoil(connector);
    expect(find(connector)).not.toEqual([]);
  });
});
