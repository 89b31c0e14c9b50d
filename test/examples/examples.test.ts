import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { localKeys } from '../local/host/keys.ts';
import { readExample } from '../local/read-example.ts';
import { startStack, type Stack } from '../local/stack.ts';
import type { EmulatorServer } from '../local/wire/emulator-server.ts';
import type { Fault, WireRequest } from '../local/wire/wire.ts';
import { listClients, type Client } from './clients.ts';
import { foreignRefusal, polite, respond, respondLater, transientFaults } from './faults.ts';
import { startGateway } from './gateway.ts';

interface Run {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly WireRequest[];
}

let stack: Stack;
let instance: string;
const gateways: EmulatorServer[] = [];
beforeAll(async () => {
  stack = await startStack();
  instance = (await stack.startInstance()).url;
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await stack.close();
});

/** Runs a client to its end, against a gateway of its own with these faults. */
async function run(
  { command, args }: Client,
  faults: readonly Fault[],
  env: Readonly<Record<string, string>> = {},
  customer: readonly string[] = [],
): Promise<Run> {
  const gateway = await startGateway(instance);
  gateways.push(gateway);
  for (const fault of faults) gateway.faults.add(fault);
  const own = { API: `${gateway.url}${env['path'] ?? '/api'}`, KEY: localKeys.function, FIRST_WAIT: '0' };
  const options = { cwd: repositoryRoot, env: { ...process.env, ...own, ...env }, timeout: 50_000 };
  return new Promise((resolve) => {
    execFile(command, [...args, ...customer], options, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr, requests: gateway.requests }),
    );
  });
}

function expectOnboarded({ failed, stdout, stderr, requests }: Run): void {
  expect([failed, stderr]).toEqual([false, stderr]);
  const [tenant, ...others] = [...stack.partnerCenter.tenants.values()];
  expect(others).toEqual([]);
  expect(stdout).toContain(tenant?.customerId);
  expect(stdout).toMatch(/\/secrets\/contosocoffee-onmicrosoft-com-admin-password\/[0-9a-f]{32}/);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(readExample());
  expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
}

function waitsOf({ requests }: Run): number[] {
  return requests.slice(1).map(({ at }, index) => (at - (requests[index]?.at ?? 0)) / 1000);
}

describe.concurrent.each(listClients())('examples/$file', { timeout: 60_000 }, (client) => {
  test('waits twice as long after each response without Retry-After', async () => {
    const done = await run(client, [respond(503), respond(429)], { FIRST_WAIT: '1' });
    expectOnboarded(done);
    const [first = 0, second = 0] = waitsOf(done);
    expect(first).toBeGreaterThan(0.95);
    expect(second).toBeGreaterThan(1.95);
    expect(done.stderr).toMatch(/^503, next call in 1 s.*\n429, next call in 2 s/);
  });

  test('sends the same body until the customer is onboarded, whatever the platform says in between', async () => {
    const done = await run(client, transientFaults);
    expectOnboarded(done);
    expect(done.requests.length).toBe(transientFaults.length + 1);
    expect(waitsOf(done)[transientFaults.indexOf(polite)]).toBeGreaterThan(0.95);
  });

  test('says that the key is wrong after the empty 401 of the platform', async () => {
    const { failed, stderr, requests } = await run(client, [], { KEY: 'wrong' });
    expect([failed, requests.length, requests[0]?.status]).toEqual([true, 1, 401]);
    expect(stderr).toMatch(/401.*key.*missing or wrong/);
  });

  test('shows code, message and details of a refusal, and does not repeat it', async () => {
    const file = `${mkdtempSync(`${tmpdir()}/customer-`)}/customer.json`;
    writeFileSync(file, JSON.stringify({ ...readExample(), email: 'nobody' }));
    const { failed, stderr, requests } = await run(client, [], {}, [file]);
    expect([failed, requests.length]).toEqual([true, 1]);
    for (const part of ['400', 'InvalidPayload', 'email', 'listed in details']) expect(stderr).toContain(part);
  });

  test.each([
    ['without a body', '404', [], '/wrong'],
    ['with JSON that is not the app’s', '403', [foreignRefusal], '/api'],
  ] as const)('names the status of a refusal %s', async (_, expected, faults, path) => {
    const { failed, stderr, requests } = await run(client, faults, { path });
    expect([failed, requests.length]).toEqual([true, 1]);
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/exception|\bat /i);
  });

  test('calls nobody without a customer', async () => {
    const { failed, stderr, requests } = await run(client, [], {}, ['no-such-file.json']);
    expect([failed, requests.length]).toEqual([true, 0]);
    expect(stderr).toContain('no-such-file.json');
  });

  test('gives up where the wait goes beyond its limit, and shows the last response', async () => {
    const { failed, stderr, requests } = await run(client, [respondLater(3600)]);
    expect([failed, requests.length]).toEqual([true, 1]);
    for (const part of ['503', 'gave up', 'VaultUnavailable']) expect(stderr).toContain(part);
  });
});
