import type { ErrorCode } from '../errors/error-codes.ts';

/** One operation of the API, for both documents. */
export interface Operation {
  /** Also the name of the function. */
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** The errors that it can return. */
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
      'Creates the customer in Partner Center and stores the credentials of its first administrator in Key Vault. The same request can be sent again at any time: a domain gets at most one customer.',
    codes: [...checking, 'RejectedByPartnerCenter', 'CredentialsLost', 'CredentialsNotStored', 'OutcomeUnknown'],
  },
  validate: {
    operationId: 'ValidateCustomer',
    summary: 'Validate a customer',
    description:
      'Runs every check of an onboarding and returns all findings together, or the customer as it would be created. Creates and writes nothing.',
    codes: checking,
  },
  find: {
    operationId: 'GetOnboarding',
    summary: 'Get an onboarding',
    description:
      'Returns the status of the onboarding of a domain and where its credentials are stored; never a credential.',
    codes: [...anyCall, 'NotFound', 'RecordUnavailable'],
  },
  list: {
    operationId: 'ListOnboardings',
    summary: 'List onboardings',
    description:
      'Lists the recorded onboardings page by page, of all statuses or of some. CredentialsNotStored, OutcomeUnknown and CredentialsLost are unsettled. Never returns a credential.',
    codes: [...anyCall, 'InvalidPayload', 'RecordUnavailable'],
  },
  connect: {
    operationId: 'TestConnection',
    summary: 'Test the connection',
    description: 'Checks the settings, access to vaults and table, and the sign-in to Partner Center. Creates nothing.',
    codes: [...anyCall, ...partnerCenter, 'VaultUnavailable', 'RecordUnavailable'],
  },
  health: {
    operationId: 'Health',
    summary: 'Check the health',
    description: 'Confirms that the instance is running; calls no other service.',
    codes: [],
  },
  describe: {
    operationId: 'OpenApi',
    summary: 'Get this document',
    description: 'The OpenAPI document of the API.',
    codes: [],
  },
} as const satisfies Record<string, Operation>;
