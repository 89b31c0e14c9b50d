import { onboardingRecordSchema } from './onboarding-record.ts';

/** One page of the recorded onboardings. */
export const onboardingListSchema = {
  type: 'object',
  title: 'Onboardings',
  description: 'One page of the recorded onboardings.',
  required: ['value'],
  properties: {
    value: {
      type: 'array',
      title: 'Onboardings',
      description: 'The onboardings of this page; can be empty although more pages follow.',
      items: onboardingRecordSchema,
    },
    nextLink: {
      type: 'string',
      title: 'Next link',
      description: 'URI of the next page; absent on the last page.',
      format: 'uri',
    },
  },
} as const;
