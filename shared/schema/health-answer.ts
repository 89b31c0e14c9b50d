/** What a probe gets from an instance that runs. */
export const healthAnswerSchema = {
  type: 'object',
  title: 'Health',
  description: 'The instance runs.',
  required: ['status', 'version'],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Healthy.', enum: ['Healthy'] },
    version: { type: 'string', title: 'Version', description: 'Version of the product.' },
  },
} as const;
