import { onboardingFields } from './onboarding-fields.ts';

const { companyName: _unknown, ...known } = onboardingFields;

/** What is on record about an onboarding; what is not known is absent. */
export const onboardingRecordSchema = {
  type: 'object',
  title: 'Onboarding',
  description: 'What is on record about an onboarding.',
  required: ['status', 'domain', 'startedAt', 'attempts', 'correlationId'],
  properties: {
    status: {
      type: 'string',
      title: 'Status',
      description:
        'InProgress: at work. Succeeded: done. Refused: not created. CredentialsNotStored and OutcomeUnknown: send the same request again. CredentialsLost: a person has to act.',
      enum: ['InProgress', 'Succeeded', 'Refused', 'CredentialsNotStored', 'OutcomeUnknown', 'CredentialsLost'],
    },
    ...known,
    startedAt: {
      type: 'string',
      title: 'Started at',
      description: 'When the onboarding was begun.',
      format: 'date-time',
    },
    attempts: {
      type: 'integer',
      title: 'Attempts',
      description: 'How many times a creation was begun with a request id of its own.',
      minimum: 1,
    },
  },
} as const;
