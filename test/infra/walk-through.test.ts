import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileOf, infraText, readInfra } from './infra.ts';

const root = new URL('../../', import.meta.url);
const readme = infraText('README.md');
const infra = readInfra();
const main = fileOf(infra, 'main.bicep');

/** The distinct first groups of all matches in the README. */
const found = (pattern: RegExp): string[] => [...new Set([...readme.matchAll(pattern)].map(([, word]) => word ?? ''))];

test('the walk-through uses only outputs of the deployment', () => {
  const read = found(/\$\(output (\w+)\)/g);
  expect(read.length).toBeGreaterThan(2);
  expect(read.filter((name) => !main.outputs.has(name))).toEqual([]);
});

test('the walk-through sets only variables that main.parameters.json uses', () => {
  const taken = [...infraText('main.parameters.json').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  const set = found(/azd env set (\w+)/g).filter((name) => name !== 'AZURE_RESOURCE_GROUP');
  expect(set.length).toBeGreaterThan(4);
  expect(set.filter((name) => !taken.includes(name))).toEqual([]);
});

test('the walk-through runs only scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: object };
  expect(found(/npm run ([a-z]+)/g).filter((name) => !(name in scripts))).toEqual([]);
});

test('the walk-through names only files that exist', () => {
  const named = [
    ...found(/(?:`|@| )((?:infra|test|\.github)\/[\w./-]+\.\w+)/g),
    ...found(/`((?:main|entra|bicepconfig)[\w.]*\.(?:bicep|json))`/g).map((name) => `infra/${name}`),
  ];
  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
});

test('the walk-through names only parameters that exist', () => {
  const all = [...main.parameters, ...infra.files.flatMap(({ parameters }) => parameters)].map(({ name }) => name);
  const named = found(/`([a-z]+(?:[A-Z][a-z]+)+)`/g).filter(
    (name) =>
      !/^(correlationId|requestId|customerId|durationMs|workflowRunId|clientTrackingId|ageDays|azureSdk|domainTaken)$/.test(
        name,
      ) && !/^(telemetryMode|samplingSettings|partnerCenter)$/.test(name),
  );
  expect(named.filter((name) => !all.includes(name))).toEqual([]);
});

test('the walk-through edits only parameters that the development file contains', () => {
  const [, paragraph = ''] = /^Edit `main\.dev\.parameters\.json`: ([\s\S]*?)\n\n/m.exec(readme) ?? [];
  const edited = [...paragraph.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  const given = Object.keys(infra.parameterFiles.get('main.dev.parameters.json') ?? {});
  expect(edited).toContain('deploymentIpRanges');
  expect(edited.filter((name) => !given.includes(name))).toEqual([]);
});

test('the table of files lists every parameter file', () => {
  for (const name of infra.parameterFiles.keys()) expect(readme).toContain(`\`${name}\``);
});

test('the table of outbound service tags lists the default, each with a purpose', () => {
  const [, section = ''] = readme.split('\n## Network\n');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`.+`) \| \S.* \|$/gm)];
  const listed = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, tag]) => tag));
  const tags = main.parameters.find(({ name }) => name === 'outboundServiceTags')?.value ?? '[]';
  expect(listed).toEqual(JSON.parse(tags));
});

test('every item of "Not verified" says what to look at', () => {
  const [, section = ''] = readme.split('\n## Not verified\n');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.slice(1).filter((row) => !/^\| \S.* \| \S.{12,} \|$/.test(row))).toEqual([]);
  for (const item of ['entra.bicep', 'maximumInstanceCount', 'config/web', 'deploymentPrincipalIds', 'API versions'])
    expect(rows.join('\n')).toContain(item);
});
