import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fileOf, infraText, readInfra } from './infra.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: object;
  readonly on: object;
  readonly jobs: Readonly<Record<string, { permissions: Record<string, string>; steps: Step[]; needs?: string }>>;
}

const root = new URL('../../', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, root), 'utf8');
const names = readdirSync(new URL('.github/workflows/', root)).sort();
const workflows = names.map((name) => ({
  name,
  source: text(`.github/workflows/${name}`),
  workflow: parse(text(`.github/workflows/${name}`), { strict: true }) as Workflow,
}));

/** What is wrong with the pins and rights of a workflow. */
function complaints({ permissions, jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  return [
    ...(Object.keys(permissions).length > 0 ? ['rights for all jobs'] : []),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      Object.entries(job.permissions)
        .filter(([scope, right]) => `${scope}:${right}` !== 'contents:read' && `${scope}:${right}` !== 'id-token:write')
        .map(([scope]) => `${name} has ${scope}`),
    ),
    ...steps
      .filter(({ uses }) => uses && !/@[0-9a-f]{40}$/.test(uses))
      .map(({ uses }) => `${uses ?? ''} is not pinned`),
    ...steps.filter(({ run }) => run?.includes('${{')).map(() => 'an expression stands within a script'),
  ];
}

test('there is a workflow for pull requests and one for deployments', () => {
  expect(names).toEqual(['ci.yml', 'deploy.yml']);
});

test.each(workflows)(
  '$name pins its actions by commit and gives no more rights than needed',
  ({ workflow, source }) => {
    expect(complaints(workflow)).toEqual([]);
    for (const line of source.split('\n').filter((one) => one.includes('uses:')))
      expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  },
);

test.each([
  ['@08c6903cd8c0fde910a37f88322edcfb5dd907a8', '@v5'],
  ['permissions: {}', 'permissions: { contents: write }'],
  ['contents: read', 'contents: write'],
  ['run: npm ci', 'run: npm ci ${{ github.head_ref }}'],
])('the check complains about %s changed to %s', (from, to) => {
  const source = workflows[0]?.source ?? '';
  expect(source).toContain(from);
  expect(complaints(parse(source.replace(from, to)) as Workflow)).not.toEqual([]);
});

test('the deployment goes from test over what-if to a test of the connection, without a stored credential', () => {
  const deploy = workflows.find(({ name }) => name === 'deploy.yml');
  expect(deploy?.workflow.jobs['deploy']?.needs).toBe('what-if');
  expect(deploy?.workflow.jobs['what-if']?.needs).toBe('build');
  for (const word of ['npm test', 'bicep lint', 'group what-if', 'config-zip', '/api/v1/connection'])
    expect(deploy?.source).toContain(word);
  expect(deploy?.source).not.toContain('secrets.');
});

test('what the workflow reads from the deployment are outputs of it', () => {
  const outputs = [...fileOf(readInfra(), 'main.bicep').outputs.keys()];
  const source = workflows.find(({ name }) => name === 'deploy.yml')?.source ?? '';
  const read = [...source.matchAll(/\$\(output (\w+)\)/g)].map(([, name]) => name ?? '');
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((name) => !outputs.includes(name))).toEqual([]);
});

test('every environment that the workflow offers has a parameter file', () => {
  const { on } = workflows.find(({ name }) => name === 'deploy.yml')?.workflow ?? { on: {} };
  const { options } = (on as { workflow_dispatch: { inputs: { environment: { options: string[] } } } })
    .workflow_dispatch.inputs.environment;
  for (const option of options)
    expect([...readInfra().parameterFiles.keys()]).toContain(`main.${option}.parameters.json`);
});

test('azure.yaml names the main deployment and the packaged app', () => {
  const project = parse(text('azure.yaml'), { strict: true }) as {
    infra: { path: string; module: string };
    services: { api: { host: string; project: string } };
  };
  expect(infraText(`${project.infra.module}.bicep`)).toContain("targetScope = 'resourceGroup'");
  expect(project.services.api).toMatchObject({ host: 'function', project: 'release/app' });
  expect(infraText('modules/app.bicep')).toContain("'azd-service-name': 'api'");
});

test('host.json lets in as many requests as an instance may be given', () => {
  const { extensions, telemetryMode } = JSON.parse(text('host.json')) as {
    telemetryMode: string;
    extensions: { http: { maxConcurrentRequests: number; maxOutstandingRequests: number } };
  };
  const most = fileOf(readInfra(), 'main.bicep').parameters.find(({ name }) => name === 'perInstanceConcurrency');
  expect(extensions.http.maxConcurrentRequests).toBeGreaterThanOrEqual(Number(most?.decorators.get('maxValue')));
  expect(extensions.http.maxOutstandingRequests).toBeGreaterThanOrEqual(extensions.http.maxConcurrentRequests);
  expect(telemetryMode).toBe('OpenTelemetry');
});
