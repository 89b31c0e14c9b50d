import { errorCodes, type ErrorCode } from '../errors/error-codes.ts';
import type {
  ConnectionAnswer,
  CustomerAnswer,
  ErrorAnswer,
  HealthAnswer,
  OnboardingListAnswer,
  OnboardingRecordAnswer,
  ValidationAnswer,
} from '../schema/answer-types.ts';
import type { CustomerRequest } from '../schema/customer-request-type.ts';

const correlationId = '7c1b4e52-0f6d-4c1e-9a55-3f0f4f3a8d21';
const domain = 'contosocoffee.onmicrosoft.com';
const base = 'contosocoffee-onmicrosoft-com';
const vault = 'https://contoso-credentials.vault.azure.net';
const version = '4f1d0d6f2c3b4a0e8f7a6b5c4d3e2f10';
const enriched = { country: 'US', culture: 'en-US', language: 'en', enableGDAPByDefault: true } as const;

const request: CustomerRequest = {
  companyName: 'Contoso Coffee Roasters LLC',
  domain: 'contosocoffee',
  email: 'amelia.reyes@example.com',
  firstName: 'Amelia',
  lastName: 'Reyes',
  phoneNumber: '4255550100',
  addressLine1: '4567 Main Street',
  addressLine2: 'Suite 200',
  city: 'Redmond',
  state: 'WA',
  postalCode: '98052',
  country: 'US',
};
const onboarded = {
  customerId: '1f8c2a94-62b1-4d0c-8a3e-5f2b7c9d4e10',
  commerceId: '6e1d5b3c-8f47-4b29-a0c6-2d9e8f7a1b35',
  domain,
  ...enriched,
  adminUserName: `admin@${domain}`,
  userNameSecretName: `${base}-admin-username`,
  userNameSecretId: `${vault}/secrets/${base}-admin-username/${version}`,
  passwordSecretName: `${base}-admin-password`,
  passwordSecretId: `${vault}/secrets/${base}-admin-password/${version}`,
  vaultUri: vault,
  correlationId,
};

type Given<Answer> = Partial<Answer>;

const record = {
  status: 'Succeeded',
  ...onboarded,
  startedAt: '2026-03-02T09:14:07.000Z',
  attempts: 1,
} as const satisfies Given<OnboardingRecordAnswer>;

/** One example per body; tests validate them against their schemas. */
export const examples = {
  request,
  customer: {
    status: 'Succeeded',
    ...onboarded,
    companyName: request.companyName,
  } as const satisfies Given<CustomerAnswer>,
  record,
  list: { value: [record] } as const satisfies Given<OnboardingListAnswer>,
  validation: {
    status: 'Valid',
    customer: { ...request, domain, ...enriched },
    correlationId,
  } as const satisfies Given<ValidationAnswer>,
  connection: {
    status: 'Connected',
    checks: [
      { name: 'settings', status: 'Passed' },
      { name: 'partnerVault', status: 'Passed' },
      { name: 'credentialVault', status: 'Passed' },
      { name: 'recordStore', status: 'Passed' },
      { name: 'partnerCenter', status: 'Passed' },
    ],
    correlationId,
  } as const satisfies ConnectionAnswer,
  health: { status: 'Healthy', version: '1.0.0' } as const satisfies HealthAnswer,
};

const targets: { readonly [Code in ErrorCode]?: string } = {
  InvalidPayload: 'email',
  NotFound: 'domain',
  DomainTaken: 'domain',
  AlreadyOnboarded: 'domain',
  CountryRule: 'postalCode',
  AddressNotVerified: 'addressLine1',
};
const withCustomer: readonly ErrorCode[] = ['AlreadyOnboarded', 'CredentialsNotStored', 'CredentialsLost'];

/** The response body of this error. */
export function exampleOfError(code: ErrorCode): ErrorAnswer {
  const { status, title, message } = errorCodes[code];
  const target = targets[code];
  return {
    type: `https://contoso-onboarding.azurewebsites.net/errors/${code}`,
    title,
    status,
    detail: message,
    code,
    message,
    correlationId,
    ...(withCustomer.includes(code) ? { customerId: onboarded.customerId } : {}),
    error: { code, message, ...(target === undefined ? {} : { target }) },
  };
}
