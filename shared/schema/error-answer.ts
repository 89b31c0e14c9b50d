import { errorCodes, type ErrorCode } from '../errors/error-codes.ts';
import { detailSchema } from './detail.ts';
import { correlationIdSchema, onboardingFields } from './onboarding-fields.ts';

const code = {
  type: 'string',
  title: 'Code',
  description: 'Kind of error; programs should check this field only.',
  enum: Object.keys(errorCodes) as ErrorCode[],
} as const;
const message = { type: 'string', title: 'Message', description: 'What happened and what to do.' } as const;

/** The body of every error: RFC 9457 and the Azure form in one. */
export const errorAnswerSchema = {
  type: 'object',
  title: 'Error',
  description: 'What happened and what to do.',
  required: ['type', 'title', 'status', 'detail', 'code', 'message', 'correlationId', 'error'],
  properties: {
    type: { type: 'string', title: 'Type', description: 'URI of the kind of error (RFC 9457).', format: 'uri' },
    title: { type: 'string', title: 'Title', description: 'The kind of error in a few words.' },
    status: { type: 'integer', title: 'Status', description: 'The HTTP status.', minimum: 400, maximum: 599 },
    detail: { type: 'string', title: 'Detail', description: 'Same as message (RFC 9457).' },
    code,
    message,
    correlationId: correlationIdSchema,
    customerId: { ...onboardingFields.customerId, description: 'Tenant ID of the customer, if one exists.' },
    error: {
      type: 'object',
      title: 'Error',
      description: 'The same error in the form of Azure services.',
      required: ['code', 'message'],
      properties: {
        code,
        message,
        target: { type: 'string', title: 'Target', description: 'Faulty field or failed check.' },
        details: {
          type: 'array',
          title: 'Details',
          description: 'All findings; absent if there are none.',
          items: detailSchema,
        },
      },
    },
  },
} as const;
