import { onboardingRecordSchema } from './onboarding-record.ts';

/** One page of what is on record. */
export const onboardingListSchema = {
  type: 'object',
  title: 'Onboardings',
  description: 'One page of the onboardings on record.',
  required: ['value'],
  properties: {
    value: {
      type: 'array',
      title: 'Onboardings',
      description: 'The onboardings of this page; may be empty although more follow.',
      items: onboardingRecordSchema,
    },
    nextLink: {
      type: 'string',
      title: 'Next link',
      description: 'Address of the next page; absent on the last one.',
      format: 'uri',
    },
  },
} as const;
