import { expect } from 'vitest';
import type { ErrorCode } from '../../shared/errors/error-codes.ts';
import type { StackOptions } from '../local/stack.ts';
import { readDocumented } from './documented.ts';
import { payloadWith, send, type World } from './rig.ts';

/** How to provoke an error code with the emulators. */
export interface CodeCase {
  readonly code: ErrorCode;
  readonly how: string;
  readonly options?: StackOptions;
  readonly provoke: (world: World) => Promise<Response>;
}

/** The reasons to refuse a request. */
export const requestCases: readonly CodeCase[] = [
  {
    code: 'InvalidJson',
    how: 'half an object',
    provoke: ({ instance }) =>
      instance.call('/api/v1/customers', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"domain":',
      }),
  },
  { code: 'InvalidPayload', how: 'nothing in it', provoke: ({ instance }) => send(instance, {}) },
  {
    code: 'Unauthorized',
    how: 'no principal',
    options: { easyAuth: { principals: {} }, settings: { CALLER_AUTHENTICATION: 'entra' } },
    provoke: ({ instance }) => send(instance),
  },
  {
    code: 'Forbidden',
    how: 'no role',
    options: { easyAuth: { principals: {} }, settings: { REQUIRED_APP_ROLE: 'Customers.Onboard' } },
    provoke: ({ instance }) => send(instance),
  },
  {
    code: 'DomainTaken',
    how: "a stranger's domain",
    provoke: ({ stack, instance }) => {
      stack.partnerCenter.takeDomain('contosocoffee.onmicrosoft.com');
      return send(instance);
    },
  },
  {
    code: 'AlreadyOnboarded',
    how: 'another payload',
    provoke: async ({ instance }) => {
      expect(await readDocumented('OnboardCustomer', await send(instance))).toMatchObject({ status: 'Succeeded' });
      return send(instance, payloadWith({ firstName: 'Ada' }));
    },
  },
  {
    code: 'PayloadTooLarge',
    how: '65 KiB',
    provoke: ({ instance }) => send(instance, payloadWith({ companyName: 'x'.repeat(66_560) })),
  },
  {
    code: 'UnsupportedMediaType',
    how: 'a form',
    provoke: ({ instance }) =>
      instance.call('/api/v1/customers', { method: 'POST', body: new URLSearchParams({ domain: 'contoso' }) }),
  },
  {
    code: 'CountryRule',
    how: 'no postal code',
    provoke: ({ instance }) => send(instance, payloadWith({ postalCode: '' })),
  },
  {
    code: 'AddressNotVerified',
    how: 'an unknown street',
    provoke: ({ instance }) => send(instance, payloadWith({ addressLine1: '1 Nowhere status:None' })),
  },
  {
    code: 'RejectedByPartnerCenter',
    how: 'a business refusal',
    provoke: ({ instance }) => send(instance, payloadWith({ companyName: 'Contoso refuse:600006' })),
  },
];
