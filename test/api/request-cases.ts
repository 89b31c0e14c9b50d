import { expect } from 'vitest';
import type { ErrorCode } from '../../shared/errors/error-codes.ts';
import type { StackOptions } from '../local/stack.ts';
import { readDocumented } from './documented.ts';
import { payloadWith, post, type World } from './open-app.ts';

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
  { code: 'InvalidPayload', how: 'nothing in it', provoke: ({ instance }) => post(instance, {}) },
  {
    code: 'Unauthorized',
    how: 'no principal',
    options: { easyAuth: { principals: {} }, settings: { CALLER_AUTHENTICATION: 'entra' } },
    provoke: ({ instance }) => post(instance),
  },
  {
    code: 'Forbidden',
    how: 'no role',
    options: { easyAuth: { principals: {} }, settings: { REQUIRED_APP_ROLE: 'Customers.Onboard' } },
    provoke: ({ instance }) => post(instance),
  },
  {
    code: 'DomainTaken',
    how: "a stranger's domain",
    provoke: ({ stack, instance }) => {
      stack.partnerCenter.takeDomain('contosocoffee.onmicrosoft.com');
      return post(instance);
    },
  },
  {
    code: 'AlreadyOnboarded',
    how: 'another payload',
    provoke: async ({ instance }) => {
      expect(await readDocumented('OnboardCustomer', await post(instance))).toMatchObject({ status: 'Succeeded' });
      return post(instance, payloadWith({ firstName: 'Ada' }));
    },
  },
  {
    code: 'PayloadTooLarge',
    how: '65 KiB',
    provoke: ({ instance }) => post(instance, payloadWith({ companyName: 'x'.repeat(66_560) })),
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
    provoke: ({ instance }) => post(instance, payloadWith({ postalCode: '' })),
  },
  {
    code: 'AddressNotVerified',
    how: 'an unknown street',
    provoke: ({ instance }) => post(instance, payloadWith({ addressLine1: '1 Nowhere status:None' })),
  },
  {
    code: 'RejectedByPartnerCenter',
    how: 'a business refusal',
    provoke: ({ instance }) => post(instance, payloadWith({ companyName: 'Contoso refuse:600006' })),
  },
];
