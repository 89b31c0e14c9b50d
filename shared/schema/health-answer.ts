/** The response of a running instance to a liveness probe. */
export const healthAnswerSchema = {
  type: 'object',
  title: 'Health',
  description: 'The instance is running.',
  required: ['status', 'version'],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Healthy.', enum: ['Healthy'] },
    version: { type: 'string', title: 'Version', description: 'Version of the product.' },
  },
} as const;
