import type { ErrorCode } from '../errors/error-codes.ts';

/** One operation of the API, as both documents tell of it. */
export interface Operation {
  /** The name of the function too. */
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The errors that it can answer with. */
  readonly codes: readonly ErrorCode[];
}

const anyCall = ['Unauthorized', 'Forbidden', 'ConfigurationError', 'InternalError'] as const;
const partnerCenter = ['Throttled', 'PartnerCenterError', 'PartnerAuthenticationFailed'] as const;
const checking = [
  ...anyCall,
  ...partnerCenter,
  'InvalidJson',
  'InvalidPayload',
  'PayloadTooLarge',
  'UnsupportedMediaType',
  'DomainTaken',
  'AlreadyOnboarded',
  'CountryRule',
  'AddressNotVerified',
  'OnboardingInProgress',
  'VaultUnavailable',
  'RecordUnavailable',
] as const;

/** Every operation by a short name. */
export const operations = {
  onboard: {
    operationId: 'OnboardCustomer',
    summary: 'Onboard a customer',
    description:
      'Creates the customer in Partner Center and stores the credentials of its first administrator in Key Vault. The same request can be sent again at any time: at most one customer is ever created for a domain.',
    codes: [...checking, 'RejectedByPartnerCenter', 'CredentialsLost', 'CredentialsNotStored', 'OutcomeUnknown'],
  },
  validate: {
    operationId: 'ValidateCustomer',
    summary: 'Validate a customer',
    description:
      'Makes every check of an onboarding and gives all findings together, or the customer as it would be created. Creates nothing and writes nothing.',
    codes: checking,
  },
  find: {
    operationId: 'GetOnboarding',
    summary: 'Get an onboarding',
    description: 'Tells how far the onboarding of a domain is and where its credentials are kept; never a credential.',
    codes: [...anyCall, 'NotFound', 'RecordUnavailable'],
  },
  list: {
    operationId: 'ListOnboardings',
    summary: 'List onboardings',
    description:
      'Lists the onboardings on record, a page at a time, of all statuses or of some: CredentialsNotStored, OutcomeUnknown and CredentialsLost are unsettled. Never a credential.',
    codes: [...anyCall, 'InvalidPayload', 'RecordUnavailable'],
  },
  connect: {
    operationId: 'TestConnection',
    summary: 'Test the connection',
    description: 'Checks the settings, the access to the vaults and the sign-in to Partner Center. Creates nothing.',
    codes: [...anyCall, ...partnerCenter, 'VaultUnavailable', 'RecordUnavailable'],
  },
  health: {
    operationId: 'Health',
    summary: 'Check the health',
    description: 'Tells that the instance runs; touches nothing outside.',
    codes: [],
  },
  describe: {
    operationId: 'OpenApi',
    summary: 'Get this document',
    description: 'The OpenAPI document of the API.',
    codes: [],
  },
} as const satisfies Record<string, Operation>;
