import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { detailsOf, linesOf, request, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
const settings = { ONBOARDING_TIMEOUT_SECONDS: '4' };
beforeAll(async () => void ([stack, app] = await startApp({ fallbackVault: true, settings })));
afterAll(() => stack.close());
afterEach(() => {
  for (const vault of [stack.partnerVault, stack.credentialVault, stack.fallbackVault!]) {
    vault.outage = false;
    vault.permissions = new Set(['get', 'set', 'list']);
  }
  stack.partnerCenter.server.faults.clear();
});

const names = ['settings', 'partnerVault', 'credentialVault', 'fallbackVault', 'recordStore', 'partnerCenter'];

test('passes every check and creates nothing', async () => {
  const { status, body } = await request(app, '/v1/connection');
  expect(status).toBe(200);
  const checks = names.map((name) => ({ name, status: 'Passed' }));
  expect(body).toEqual({ status: 'Connected', checks, correlationId: body.correlationId });
  expect(stack.partnerCenter.createCalls).toBe(0);
  const operations = [stack.credentialVault, stack.fallbackVault!].flatMap(({ server }) => server.requests);
  expect(operations.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('omits the fallback vault if none is configured', async () => {
  const other = await stack.startInstance({ env: { CREDENTIAL_VAULT_FALLBACK_URL: '' } });
  const { body } = await request(other, '/v1/connection');
  expect((body['checks'] as { name: string }[]).map(({ name }) => name)).toEqual(
    names.filter((name) => name !== 'fallbackVault'),
  );
});

test.each(['credentialVault', 'fallbackVault'] as const)('repeats a read that %s fails once', async (name) => {
  const { server } = stack[name]!;
  const matches = ({ operation }: { operation: string }): boolean => operation === 'listVersions';
  server.faults.add({ kind: 'status', answer: { status: 503 }, matches });
  expect((await request(app, '/v1/connection')).body.status).toBe('Connected');
  expect(server.faults.left).toBe(0);
});

const failing: readonly [string, number, string, () => void][] = [
  ['credentialVault', 503, 'VaultUnavailable', () => void (stack.credentialVault.outage = true)],
  ['fallbackVault', 503, 'VaultUnavailable', () => void (stack.fallbackVault!.outage = true)],
  ['credentialVault', 500, 'ConfigurationError', () => stack.credentialVault.permissions.delete('list')],
  ['partnerVault', 500, 'ConfigurationError', () => stack.partnerVault.permissions.delete('get')],
  ['partnerVault', 503, 'VaultUnavailable', () => void (stack.partnerVault.outage = true)],
  ['partnerCenter', 502, 'PartnerCenterError', () => spoil(stack.partnerCenter.errorAnswer(500, 800003))],
  ['partnerCenter', 502, 'PartnerAuthenticationFailed', () => spoil(stack.partnerCenter.errorAnswer(403, 2032))],
  ['partnerCenter', 429, 'Throttled', () => spoil(stack.partnerCenter.errorAnswer(429, 429, 55))],
];

test.each(failing)('answers %s failures with %i %s', async (name, status, code, spoilIt) => {
  spoilIt();
  const answer = await request(app, '/v1/connection');
  expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([status, code, name]);
  expect(detailsOf(answer)).toContain(`${code} ${name}`);
  expect(linesOf(stack, 'ConnectionCheckFailed').at(-1)).toMatchObject({ level: 'error', code });
  expect(answer.headers.has('retry-after')).toBe(status === 503 || status === 429 || code === 'PartnerCenterError');
});

function spoil(answer: { status: number }): void {
  stack.partnerCenter.server.faults.add({ kind: 'status', answer, times: 9, matches: () => true });
}

test('answers with the first failed check, and lists all failed checks', async () => {
  const fresh = await stack.startInstance();
  stack.credentialVault.permissions.delete('list');
  stack.fallbackVault!.outage = true;
  spoil({ status: 500 });
  const answer = await request(fresh, '/v1/connection');
  expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([
    500,
    'ConfigurationError',
    'credentialVault',
  ]);
  expect(detailsOf(answer)).toEqual([
    'ConfigurationError credentialVault',
    'VaultUnavailable fallbackVault',
    'PartnerCenterError partnerCenter',
  ]);
  const [reason, remedy] = ['no permission to list secrets', 'assign the writer role to the identity of the app'];
  expect(linesOf(stack, 'ConfigurationError').at(-1)).toMatchObject({
    vault: 'credential',
    status: 403,
    reason,
    remedy,
  });
});

test('fails the check of the settings, which only the log names', async () => {
  const other = await stack.startInstance({ env: { ADDRESS_VALIDATION: 'loose' } });
  const answer = await request(other, '/v1/connection');
  expect([answer.status, ...detailsOf(answer)]).toEqual([500, 'ConfigurationError settings']);
  expect(answer.text).not.toContain('ADDRESS_VALIDATION');
});

test('fails for a rotated client secret that was not stored', async () => {
  stack.entra.clients.get(stack.clientId.toLowerCase())?.secrets.splice(0);
  const answer = await request(await stack.startInstance(), '/v1/connection');
  expect([answer.status, answer.body.code, ...detailsOf(answer)]).toEqual([
    500,
    'ConfigurationError',
    'ConfigurationError partnerCenter',
  ]);
});
