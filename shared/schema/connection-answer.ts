import { correlationIdSchema } from './onboarding-fields.ts';

/** The response when settings, vaults, table and the sign-in to Partner Center work. */
export const connectionAnswerSchema = {
  type: 'object',
  title: 'Connection',
  description: 'Everything that an onboarding needs is available.',
  required: ['status', 'checks', 'correlationId'],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Connected.', enum: ['Connected'] },
    checks: {
      type: 'array',
      title: 'Checks',
      description: 'The checks that were made.',
      items: {
        type: 'object',
        title: 'Check',
        description: 'One check.',
        required: ['name', 'status'],
        properties: {
          name: {
            type: 'string',
            title: 'Name',
            description: 'Setting or service that was checked.',
            enum: ['settings', 'partnerVault', 'credentialVault', 'fallbackVault', 'recordStore', 'partnerCenter'],
          },
          status: { type: 'string', title: 'Status', description: 'Always Passed.', enum: ['Passed'] },
        },
      },
    },
    correlationId: correlationIdSchema,
  },
} as const;
