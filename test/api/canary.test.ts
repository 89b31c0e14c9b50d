import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findLeaks } from '../local/canary.ts';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import type { Fault } from '../local/wire/wire.ts';
import { customer, post, request, startApp, type Answer } from './rig.ts';

/** Characters that JSON, HTML, URLs, forms and base64 encode differently. */
const odd = `q"uo'te\\back <&> ünï+/= %41 ?#\u2028`;
const answers: Answer[] = [];
let passwords = 0;
let stack: Stack;
let app: Instance;

beforeAll(async () => {
  [stack, app] = await startApp({
    clientSecret: `s3cret ${odd} of the partner`,
    fallbackVault: true,
    settings: { ONBOARDING_TIMEOUT_SECONDS: '4', AZURE_LOG_LEVEL: 'verbose' },
    flow: 'app+user',
  });
  stack.partnerCenter.knobs.makePassword = () => `Pw${++passwords} ${odd}`;
});
afterAll(() => stack.close());

/** Every existing secret: issued, stored or generated. */
function secrets(): string[] {
  const { entra, partnerCenter } = stack;
  const stored = [stack.credentialVault, stack.fallbackVault!].flatMap((vault) =>
    [...vault.secrets].flatMap(([name, versions]) =>
      name.endsWith('-password') ? versions.map(({ value }) => value) : [],
    ),
  );
  const made = [...partnerCenter.tenants.values()].flatMap(({ password, firstPassword }) => [password, firstPassword]);
  const tokens = entra.issued.flatMap(({ accessToken, refreshToken = [] }) => [accessToken, refreshToken].flat());
  const bearers = Object.values(stack.servers)
    .flatMap(({ requests }) => requests)
    .flatMap(({ headers }) => /^Bearer (.{20,})$/.exec(headers['authorization'] ?? '')?.[1] ?? []);
  return [...new Set([...stack.partnerSecrets, ...stored, ...made, ...tokens, ...bearers, stack.identity.header])];
}

function expectNoLeaks(): void {
  const texts = answers.map(({ text, headers }) => `${text}\n${JSON.stringify([...headers])}`);
  const logs = stack.logLines.map(({ message }) => message);
  expect(secrets().length).toBeGreaterThan(3);
  expect(findLeaks([...texts, ...logs].join('\n'), secrets())).toEqual([]);
}
afterEach(expectNoLeaks);

async function send(payload: Record<string, unknown>, instance = app): Promise<number> {
  for (const path of ['/v1/customers', '/v1/customers?validateOnly=true']) {
    answers.push(await post(instance, payload, { accept: 'application/problem+json' }, path));
  }
  answers.push(await request(instance, `/v1/customers/${String(payload['domain'])}`));
  return answers.at(-3)?.status ?? 0;
}

test('shows no secret when an onboarding succeeds, is replayed, conflicts, or the connection is tested', async () => {
  const payload = customer();
  expect(await send(payload)).toBe(201);
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  const stored = stack.credentialVault.latest(`${domain.replaceAll('.', '-')}-admin-password`)?.value;
  expect(stored).toBe(`Pw1 ${odd}`);
  expect(stack.partnerCenter.opensTenant(domain, `admin@${domain}`, stored ?? '')).toBe(true);
  expect(await send(payload)).toBe(200);
  expect(await send({ ...payload, companyName: 'Fourth Coffee' })).toBe(409);
  answers.push(await request(app, '/v1/connection'));
});

const kinds: Fault['kind'][] = ['reset-after', 'truncated', 'garbage', 'html-502'];
test.each(kinds)('shows no secret when the create ends in %s and is repeated', async (kind) => {
  stack.partnerCenter.server.faults.add({ kind, matches: ({ operation }) => operation === 'createCustomer' });
  expect(await send(customer())).toBe(201);
});

test.each([
  ['partnerCenter', 422],
  ['entra', 502],
  ['partnerVault', 500],
  ['credentialVault', 201],
  ['identity', 500],
] as const)('shows no secret when %s echoes the request', async (name, expected) => {
  const server = stack.servers[name]!;
  const fresh = await stack.startInstance();
  let echo = '';
  server.faults.add({
    kind: 'status',
    times: Infinity,
    matches: ({ headers, body }) => {
      echo = JSON.stringify({
        code: 3000,
        description: body,
        message: headers,
        error: 'x',
        error_description: headers,
      });
      return true;
    },
    get answer() {
      return { status: 400, headers: { 'content-type': 'application/json' }, body: echo };
    },
  });
  const status = await send(customer(), fresh);
  server.faults.clear();
  expect(status).toBe(expected);
  await fresh.kill();
});

test('shows no secret when Partner Center repeats the customer in its refusal', async () => {
  const description = `Cannot create: ${odd}`;
  stack.partnerCenter.knobs.createRefusal = { status: 400, code: 27002, leaves: 'tenant', description, times: 1 };
  await send(customer());
  expect(answers.at(-3)?.text).not.toContain('Cannot create');
});

test('shows no secret when no vault accepts the credentials, nor when they are stored later', async () => {
  const payload = customer();
  const vaults = [stack.credentialVault, stack.fallbackVault!];
  stack.partnerCenter.server.onStage = (stage, { operation }) => {
    if (stage === 'arrived' && operation === 'createCustomer') for (const vault of vaults) vault.readOnly = true;
  };
  expect(await send(payload)).toBe(503);
  stack.partnerCenter.server.onStage = undefined;
  for (const vault of vaults) vault.readOnly = false;
  expect([200, 201]).toContain(await send(payload));
});

test('shows no secret when a password that was never received is reset', async () => {
  stack.partnerCenter.knobs.replay = 'without-password';
  stack.partnerCenter.server.faults.add({
    kind: 'reset-after',
    matches: ({ operation }) => operation === 'createCustomer',
  });
  expect(await send(customer())).toBe(201);
});

test('logs only source and size of the lines of the Azure SDKs', () => {
  const lines = stack.logLines.filter(({ message }) => message.includes('"azureSdk"'));
  expect(lines.length).toBeGreaterThan(0);
  for (const { message } of lines) {
    expect(JSON.parse(message)).toEqual({
      event: 'azureSdk',
      level: 'warn',
      source: expect.stringMatching(/^azure/) as unknown,
      length: expect.any(Number) as unknown,
    });
  }
});
