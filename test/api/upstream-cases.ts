import { expect, vi } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { readDocumented } from './documented.ts';
import type { CodeCase } from './request-cases.ts';
import { payloadWith, send } from './rig.ts';

const everyTime = { times: 1000 };
const create = (request: { operation: string }): boolean => request.operation === 'createCustomer';
/** How settings, vaults, the sign-in and Partner Center can make an onboarding fail. */
export const upstreamCases: readonly CodeCase[] = [
  {
    code: 'Throttled',
    how: 'Partner Center throttles',
    provoke: ({ stack, instance }) => {
      const { server } = stack.partnerCenter;
      const answer = stack.partnerCenter.errorAnswer(429, 0, 30);
      server.faults.add({ kind: 'status', matches: () => true, answer, ...everyTime });
      return send(instance);
    },
  },
  {
    code: 'ConfigurationError',
    how: 'a missing setting',
    options: { settings: { PARTNER_VAULT_URL: '' } },
    provoke: ({ instance }) => send(instance),
  },
  {
    code: 'PartnerCenterError',
    how: 'a gateway in the way',
    provoke: ({ stack, instance }) => {
      stack.partnerCenter.server.faults.add({ kind: 'html-502', matches: () => true, ...everyTime });
      return send(instance);
    },
  },
  {
    code: 'PartnerAuthenticationFailed',
    how: 'a refused token request',
    provoke: ({ stack, instance }) => {
      stack.entra.failNext(65_001, 20);
      return send(instance);
    },
  },
  {
    code: 'OnboardingInProgress',
    how: 'another payload at the same time',
    provoke: async ({ stack, instance }) => {
      stack.partnerCenter.knobs.createDuration = 1500;
      const first = send(instance);
      await vi.waitFor(() => expect(stack.partnerCenter.createCalls).toBe(1), { timeout: 10_000 });
      const second = await send(instance, payloadWith({ firstName: 'Ada' }));
      await readDocumented('OnboardCustomer', await first);
      return second;
    },
  },
  {
    code: 'VaultUnavailable',
    how: 'the vault is down',
    provoke: ({ stack, instance }) => {
      stack.credentialVault.outage = true;
      return send(instance);
    },
  },
  {
    code: 'RecordUnavailable',
    how: 'the table is down',
    provoke: ({ stack, instance }) => {
      stack.table.outage = true;
      return send(instance);
    },
  },
  {
    code: 'CredentialsNotStored',
    how: 'the vault fails after the create',
    provoke: ({ stack, instance }) => {
      stack.partnerCenter.server.onStage = (stage, request) => {
        if (stage === 'processed' && create(request)) stack.credentialVault.outage = true;
      };
      return send(instance);
    },
  },
  {
    code: 'OutcomeUnknown',
    how: 'creates without an answer',
    provoke: ({ stack, instance }) => {
      stack.partnerCenter.server.faults.add({ kind: 'timeout-before', matches: create, ...everyTime });
      return send(instance);
    },
  },
  {
    code: 'CredentialsLost',
    how: 'a tenant that nobody knows the password of',
    provoke: ({ instance }) => postUntilSettled(instance, payloadWith({ companyName: 'Contoso refuse:27002-tenant' })),
  },
];

/** Repeats after Retry-After, as a well-behaved caller does, while the answer has one. */
async function postUntilSettled(instance: Instance, payload: unknown): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const answer = await send(instance, payload);
    const wait = Number(answer.headers.get('retry-after'));
    if (wait === 0 || tries === 10) return answer;
    await readDocumented('OnboardCustomer', answer);
    await new Promise((resolve) => setTimeout(resolve, 1000 * wait));
  }
}
