import { warningsSchema } from './detail.ts';
import { onboardingFields } from './onboarding-fields.ts';

/** The response when a customer is onboarded (201), and for every repeat (200). */
export const customerAnswerSchema = {
  type: 'object',
  title: 'Onboarded customer',
  description: 'The customer and where its credentials are stored.',
  required: [
    'status',
    'customerId',
    'domain',
    'companyName',
    'adminUserName',
    'userNameSecretName',
    'userNameSecretId',
    'passwordSecretName',
    'passwordSecretId',
    'vaultUri',
    'correlationId',
  ],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Succeeded.', enum: ['Succeeded'] },
    ...onboardingFields,
    warnings: warningsSchema,
  },
} as const;
