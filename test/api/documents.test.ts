import { readFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { platformResponses } from '../../shared/open-api/platform-responses.ts';
import { document, findFaults } from './documented.ts';
import { withApp } from './rig.ts';

const files = [
  'infra/openapi.json',
  'infra/connector/apiDefinition.swagger.json',
  'infra/connector/entra/apiDefinition.swagger.json',
];
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test.each(files)("%s passes Redocly's lint, the engine of @redocly/cli, without a warning", async (path) => {
  // Health and the document itself have no error responses, and the connector's certification has no licence field.
  const rules = { 'operation-4xx-response': 'off', 'info-license': 'off' } as const;
  const config = await createConfig({ extends: ['recommended'], rules });
  const problems = await lintFromString({ source: read(path), absoluteRef: path, config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('the linter reports a document with a fault', async () => {
  const source = read('infra/openapi.json').replaceAll('"functionKey": []', '"otherKey": []');
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source, absoluteRef: 'infra/openapi.json', config });
  expect(problems.map(({ ruleId }) => ruleId)).toContain('security-defined');
});

test.each(files)('%s is valid for swagger-parser', async (path) => {
  await expect(
    SwaggerParser.validate(JSON.parse(read(path)) as Parameters<typeof SwaggerParser.validate>[0]),
  ).resolves.toBeDefined();
});

test('every error code is documented with its status, what it means, what to do, and an example', () => {
  const answers = Object.values(document.paths)
    .flatMap((verbs) => Object.values(verbs))
    .flatMap(({ responses }) => Object.entries(responses));
  for (const [code, { status, title, message }] of Object.entries(errorCodes)) {
    const found = answers.filter(
      ([at, answer]) => at === String(status) && JSON.stringify(answer).includes(`\`${code}\``),
    );
    expect([code, found.length > 0]).toEqual([code, true]);
    for (const [, answer] of found) expect(JSON.stringify(answer)).toContain(`| ${title} | ${message} |`);
    const example = document.components.examples[code]?.value;
    expect(example).toMatchObject({ code, status });
    expect(findFaults({ $ref: '#/components/schemas/Error' }, example)).toEqual([]);
  }
});

test('every operation documents the responses of the platform, which have no body', () => {
  const operations = Object.values(document.paths).flatMap((verbs) => Object.values(verbs));
  for (const { operationId, responses } of operations) {
    const isAnonymous = ['Health', 'OpenApi'].includes(operationId);
    for (const status of Object.keys(platformResponses).filter((one) => one !== '401' || !isAnonymous)) {
      const { description = '', content } = responses[status] ?? {};
      expect([operationId, description]).toEqual([
        operationId,
        expect.stringContaining(`A ${status} with an empty body`),
      ]);
      // Only a status that the app also returns has a body.
      expect([operationId, status, content !== undefined]).toEqual([
        operationId,
        status,
        description.startsWith('| Code'),
      ]);
    }
  }
});

test('every example in the document matches its schema', () => {
  const examples = listExamples(document.paths);
  expect(examples.length).toBeGreaterThan(5);
  for (const { schema, example } of examples) expect(findFaults(schema, example)).toEqual([]);
});

test('serves the document in git without authentication, and no undocumented operation', async () => {
  await withApp({}, async ({ instance }) => {
    const answer = await fetch(`${instance.url}/api/openapi.json`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await answer.json()).toEqual(document);
    const documented = Object.values(document.paths).flatMap((verbs) =>
      Object.values(verbs).map((one) => one.operationId),
    );
    const timers = ['RenewRefreshToken'];
    const served = instance.host?.functionNames.filter((name) => !timers.includes(name)) ?? [];
    expect(new Set(documented)).toEqual(new Set(served));
  });
});

interface Example {
  readonly schema: Record<string, unknown>;
  readonly example: unknown;
}

function listExamples(part: unknown): Example[] {
  if (typeof part !== 'object' || part === null) return [];
  const { schema, example, examples } = part as {
    schema?: Example['schema'];
    example?: unknown;
    examples?: Record<string, { value?: unknown }>;
  };
  const several = Object.values(examples ?? {}).flatMap(({ value }) => (value === undefined ? [] : [value]));
  const own = schema
    ? [example, ...several].filter((one) => one !== undefined).map((one) => ({ schema, example: one }))
    : [];
  return [...own, ...Object.values(part).flatMap((inner) => listExamples(inner))];
}
