import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { onboardingLimit } from '../../shared/http/concurrency-limit.ts';
import { fileOf, infraText, readInfra } from './infra.ts';
import { snapshotOf } from './snapshot.ts';
import { readWorkflow } from './workflow-checks.ts';

const root = new URL('../../', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, root), 'utf8');
const source = text('.github/workflows/deploy.yml');
const deploy = readWorkflow(source);

test('the workflow tests, runs what-if, deploys, and runs the connection test', () => {
  expect(deploy.jobs['deploy']?.needs).toBe('what-if');
  expect(deploy.jobs['what-if']?.needs).toBe('build');
  for (const word of ['npm test', 'npm run bicep', 'group what-if', 'config-zip', '/api/v1/connection'])
    expect(source).toContain(word);
});

test('the workflow reads only outputs of the deployment', () => {
  const outputs = [...fileOf(readInfra(), 'main.bicep').outputs.keys()];
  const read = [...source.matchAll(/\$\(output (\w+)\)/g)].map(([, name]) => name ?? '');
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((name) => !outputs.includes(name))).toEqual([]);
});

test('the deployment uses the pinned version of the compiler', () => {
  const version = /Version="\[(.+)\]"/.exec(infraText('compiler/bicep.csproj'))?.[1] ?? '';
  const installed = [...source.matchAll(/az bicep install --version v([\d.]+)/g)].map(([, one]) => one);
  expect(installed).toEqual([version, version]);
});

test('an update bot watches packages and actions', () => {
  const { updates } = parse(text('.github/dependabot.yml'), { strict: true }) as {
    updates: { 'package-ecosystem': string; directory: string }[];
  };
  expect(updates.map((one) => `${one['package-ecosystem']} ${one.directory}`)).toEqual(['npm /', 'github-actions /']);
});

test('every environment that the workflow offers has a parameter file', () => {
  const { options } = (deploy.on as { workflow_dispatch: { inputs: { environment: { options: string[] } } } })
    .workflow_dispatch.inputs.environment;
  for (const option of options)
    expect([...readInfra().parameterFiles.keys()]).toContain(`main.${option}.parameters.json`);
});

test('azure.yaml names the main deployment and the packaged app', () => {
  const project = parse(text('azure.yaml'), { strict: true }) as {
    infra: { path: string; module: string };
    services: { api: { host: string; project: string } };
  };
  expect(fileOf(readInfra(), `${project.infra.module}.bicep`).parameters.length).toBeGreaterThan(40);
  expect(project.services.api).toMatchObject({ host: 'function', project: 'release/app' });
  const tagged = snapshotOf('dev').resources.filter(({ tags }) => tags?.['azd-service-name'] === 'api');
  expect(tagged.map(({ type }) => type)).toEqual(['Microsoft.Web/sites']);
});

test('the app works on as many onboardings as an instance may be given, and host.json exports by OpenTelemetry', () => {
  const { telemetryMode } = JSON.parse(text('host.json')) as { telemetryMode: string };
  const most = fileOf(readInfra(), 'main.bicep').parameters.find(({ name }) => name === 'perInstanceConcurrency');
  expect(onboardingLimit.places.running).toBeGreaterThanOrEqual(Number(most?.decorators.get('maxValue')));
  expect(telemetryMode).toBe('OpenTelemetry');
});
