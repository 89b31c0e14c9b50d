import { describe, expect, test, vi } from 'vitest';
import type { StackOptions } from '../local/stack.ts';
import { readDocumented } from './documented.ts';
import { payloadWith, send, withApp, type World } from './rig.ts';

interface RecordCase {
  readonly status: string;
  readonly options?: StackOptions;
  readonly payload?: Record<string, unknown>;
  readonly prepare?: (world: World) => void;
  /** Whether the record is read while the call is still running. */
  readonly early?: boolean;
  readonly known: Readonly<Record<string, unknown>>;
}

const create = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
const secrets = [
  'adminUserName',
  'passwordSecretId',
  'passwordSecretName',
  'userNameSecretId',
  'userNameSecretName',
  'vaultUri',
];
const cases: readonly RecordCase[] = [
  { status: 'Succeeded', known: { country: 'US', culture: 'en-US', enableGDAPByDefault: true } },
  {
    status: 'InProgress',
    prepare: ({ stack }) => void (stack.partnerCenter.knobs.createDuration = 1500),
    early: true,
    known: { country: 'US' },
  },
  { status: 'Refused', payload: payloadWith({ companyName: 'Contoso refuse:600006' }), known: {} },
  { status: 'CredentialsLost', payload: payloadWith({ companyName: 'Contoso refuse:27002-tenant' }), known: {} },
];

describe.concurrent('the record of an onboarding', () => {
  test.for(cases)(
    'reports $status',
    { timeout: 40_000 },
    async ({ status, options = {}, payload, prepare, early, known }) => {
      await withApp(options, async (world) => {
        prepare?.(world);
        const call = send(world.instance, payload);
        await (early ? new Promise((resolve) => setTimeout(resolve, 800)) : call);
        const answer = await world.instance.call('/api/v1/customers/contosocoffee');
        const body = await readDocumented('GetOnboarding', answer);
        expect(body).toMatchObject({ status, domain: 'contosocoffee.onmicrosoft.com', attempts: 1, ...known });
        expect(body).not.toHaveProperty('companyName');
        expect(
          Object.keys(body)
            .filter((name) => secrets.includes(name))
            .sort(),
        ).toEqual(status === 'Succeeded' ? secrets : []);
        await call;
      });
    },
  );

  test('reports CredentialsNotStored with the customer', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.server.onStage = (stage, request) => {
        if (stage === 'processed' && create(request)) stack.credentialVault.readOnly = true;
      };
      const body = await readDocumented('OnboardCustomer', await send(instance));
      expect(body).toMatchObject({ code: 'CredentialsNotStored' });
      // The failure could not be recorded either: until the lease expires, the record shows a running onboarding.
      const record = await readDocumented('GetOnboarding', await instance.call('/api/v1/customers/contosocoffee'));
      expect(['InProgress', 'CredentialsNotStored']).toContain(record['status']);
    });
  });

  test('reports OutcomeUnknown once the lease has expired', { timeout: 40_000 }, async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.server.faults.add({ kind: 'timeout-before', matches: create, times: 1000 });
      await readDocumented('OnboardCustomer', await send(instance));
      const read = async (): Promise<unknown> =>
        (await readDocumented('GetOnboarding', await instance.call('/api/v1/customers/contosocoffee')))['status'];
      await vi.waitFor(async () => expect(await read()).toBe('OutcomeUnknown'), { timeout: 20_000, interval: 500 });
    });
  });

  test('cannot be read while the table is down', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.table.outage = true;
      const answer = await instance.call('/api/v1/customers/contosocoffee');
      expect(await readDocumented('GetOnboarding', answer)).toMatchObject({ code: 'RecordUnavailable' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });
});

describe.concurrent('the connection', () => {
  test('names every check that failed, with the error of the first', async () => {
    await withApp({ fallbackVault: true }, async ({ stack, instance }) => {
      stack.partnerVault.permissions.clear();
      if (stack.fallbackVault) stack.fallbackVault.outage = true;
      const body = await readDocumented('TestConnection', await instance.call('/api/v1/connection'));
      const { details } = body['error'] as { details: { target: string }[] };
      expect([body['code'], details.map(({ target }) => target)]).toEqual([
        'ConfigurationError',
        ['partnerVault', 'fallbackVault', 'partnerCenter'],
      ]);
    });
  });

  test('names every check that passed', async () => {
    await withApp({ fallbackVault: true }, async ({ stack, instance }) => {
      const body = await readDocumented('TestConnection', await instance.call('/api/v1/connection'));
      const names = ['settings', 'partnerVault', 'credentialVault', 'fallbackVault', 'recordStore', 'partnerCenter'];
      expect(body['checks']).toEqual(names.map((name) => ({ name, status: 'Passed' })));
      expect(stack.partnerCenter.createCalls).toBe(0);
    });
  });
});
