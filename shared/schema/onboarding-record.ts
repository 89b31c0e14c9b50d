import { onboardingFields } from './onboarding-fields.ts';

const { companyName: _unknown, ...known } = onboardingFields;

/** The record of an onboarding; unknown fields are absent. */
export const onboardingRecordSchema = {
  type: 'object',
  title: 'Onboarding',
  description: 'The record of an onboarding.',
  required: ['status', 'domain', 'startedAt', 'attempts', 'correlationId'],
  properties: {
    status: {
      type: 'string',
      title: 'Status',
      description:
        'InProgress: a call holds the lease. Succeeded: onboarded. Refused: not created. CredentialsNotStored, OutcomeUnknown: send the same request again. CredentialsLost: follow the remedy of the error.',
      enum: ['InProgress', 'Succeeded', 'Refused', 'CredentialsNotStored', 'OutcomeUnknown', 'CredentialsLost'],
    },
    ...known,
    startedAt: {
      type: 'string',
      title: 'Started at',
      description: 'When the first attempt started.',
      format: 'date-time',
    },
    attempts: {
      type: 'integer',
      title: 'Attempts',
      description: 'Number of create requests with their own request ID.',
      minimum: 1,
    },
  },
} as const;
