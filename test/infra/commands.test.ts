import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onboardingLimit, readLimit } from '../../shared/http/concurrency-limit.ts';
import { onboardingRecordSchema } from '../../shared/schema/onboarding-record.ts';
import { infraText } from './infra.ts';
import { checkAssignments, checkEnvironment, checkRefused, checkSyntax } from './shell-blocks.ts';
import { ofType, snapshotOf } from './snapshot.ts';

const readme = infraText('README.md');
const runbook = infraText('runbook.md');

test.each([
  ['README.md', readme],
  ['runbook.md', runbook],
])('a shell can parse every block of commands in infra/%s', (_, text) => {
  expect(checkSyntax(text)).toEqual([]);
  expect(checkSyntax(text.replace('```sh\n', '```sh\noutput() { '))).not.toEqual([]);
});

test('people get their roles at the resource group, and the walk-through removes them', () => {
  expect(checkAssignments(readme)).toEqual([]);
});

test.each([
  ['User --scope "$GROUP_ID"', 'User --scope "$VAULT_ID"'],
  ["az role assignment delete --role 'Key Vault Secrets User'", "echo 'Key Vault Secrets User'"],
  [
    "az role assignment delete --role 'Key Vault Secrets Officer'",
    "az role assignment delete --role 'Key Vault Reader'",
  ],
  ['--role Contributor', "--role 'User Access Administrator'"],
  ['GROUP_ID=$(az group show', 'GROUP_ID=$(az keyvault show'],
])('the check complains about %s changed to %s', (from, to) => {
  expect(readme).toContain(from);
  expect(checkAssignments(readme.replaceAll(from, to))).not.toEqual([]);
});

test('no command is one that Azure refuses, and the OIDC subject is read from the repository', () => {
  expect(checkRefused(readme + runbook)).toEqual([]);
  expect(readme).toContain("gh api 'repos/{owner}/{repo}/actions/oidc/customization/sub' --jq .sub_claim_prefix");
  for (const text of [
    'az functionapp config access-restriction add',
    'az webapp auth update',
    '"subject":"repo:a/b:x"',
  ])
    expect(checkRefused(text)).toHaveLength(1);
});

test('the environment in GitHub and the credential of its identity are bound to main', () => {
  expect(checkEnvironment(readme)).toEqual([]);
});

test.each([
  ['[custom_branch_policies]=true', '[custom_branch_policies]=false'],
  ['-f name=main ', "-f 'name=release/*' "],
  ['$SUBJECT:environment:dev\\"', '$SUBJECT:ref:refs/heads/main\\"'],
])('the check of the environment complains about %s changed to %s', (from, to) => {
  expect(readme).toContain(from);
  expect(checkEnvironment(readme.replaceAll(from, to))).not.toEqual([]);
});

test('the walk-through registers every resource provider of the deployment', () => {
  const registered = [...(/^for provider in ([^;]+);/m.exec(readme)?.[1] ?? '').matchAll(/Microsoft\.\w+/g)].join(' ');
  const missing = (types: readonly string[]): string[] =>
    types.map((type) => type.split('/')[0] ?? '').filter((name) => !` ${registered} `.includes(` ${name} `));
  const types = ['production', 'on-call'].flatMap((name) => snapshotOf(name).resources.map(({ type }) => type));
  // This provider is always registered.
  expect(missing(types.filter((type) => !type.startsWith('Microsoft.Authorization/')))).toEqual([]);
  expect(missing(['Microsoft.Cache/redis'])).toEqual(['Microsoft.Cache']);
});

test('the walk-through uses the name of the deployed locks', () => {
  const [, name] = /az lock delete --name (\S+)/.exec(readme) ?? [];
  const locks = ofType(snapshotOf('dev'), 'Microsoft.Authorization/locks');
  expect(new Set(locks.map((lock) => lock.name))).toEqual(new Set([name]));
});

test('the runbook lists every unsettled status', () => {
  const [, asked = ''] = /'status=([\w,]+)'/.exec(runbook) ?? [];
  const settled = ['Succeeded', 'Refused'];
  const statuses: readonly string[] = onboardingRecordSchema.properties.status.enum;
  expect(asked.split(',').sort()).toEqual(statuses.filter((status) => !settled.includes(status)).sort());
  for (const status of asked.split(',')) expect(runbook).toContain(`| \`${status}\` |`);
});

test('the runbook has the limits of host.json and of the app', () => {
  const { extensions } = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8')) as {
    extensions: { http: Record<string, unknown> };
  };
  for (const name of ['maxConcurrentRequests', 'maxOutstandingRequests'])
    expect(runbook).toContain(`\`${name}\` (${String(extensions.http[name])}`);
  const { running, waiting } = onboardingLimit.places;
  expect(runbook).toContain(`at most ${running} onboardings and ${readLimit.places.running} reads at a time`);
  expect(runbook).toContain(`queues ${waiting + readLimit.places.waiting} more calls`);
});

test('the README explains every log level of host.json', () => {
  const { logging } = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8')) as {
    logging: { logLevel: Record<string, string> };
  };
  const [, section = ''] = readme.split('## Log levels in `host.json`');
  const rows = section.split('\n## ')[0] ?? '';
  for (const name of Object.keys(logging.logLevel)) expect(rows).toMatch(new RegExp(`^\\|.*\`${name}\``, 'm'));
});
