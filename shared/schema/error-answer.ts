import { errorCodes, type ErrorCode } from '../errors/error-codes.ts';
import { detailSchema } from './detail.ts';
import { correlationIdSchema, onboardingFields } from './onboarding-fields.ts';

const code = {
  type: 'string',
  title: 'Code',
  description: 'Kind of error: the one thing that a program should look at.',
  enum: Object.keys(errorCodes) as ErrorCode[],
} as const;
const message = { type: 'string', title: 'Message', description: 'What happened and what to do.' } as const;

/** The one form of every error: RFC 9457 and the Azure form in one body. */
export const errorAnswerSchema = {
  type: 'object',
  title: 'Error',
  description: 'What went wrong and what to do.',
  required: ['type', 'title', 'status', 'detail', 'code', 'message', 'correlationId', 'error'],
  properties: {
    type: { type: 'string', title: 'Type', description: 'Names the kind of error (RFC 9457).', format: 'uri' },
    title: { type: 'string', title: 'Title', description: 'The kind of error in a few words.' },
    status: { type: 'integer', title: 'Status', description: 'The HTTP status.', minimum: 400, maximum: 599 },
    detail: { type: 'string', title: 'Detail', description: 'The same sentence as the message (RFC 9457).' },
    code,
    message,
    correlationId: correlationIdSchema,
    customerId: { ...onboardingFields.customerId, description: 'Tenant id of the customer, where one exists.' },
    error: {
      type: 'object',
      title: 'Error',
      description: 'The same in the form of Azure services.',
      required: ['code', 'message'],
      properties: {
        code,
        message,
        target: { type: 'string', title: 'Target', description: 'Field or check that is at fault.' },
        details: {
          type: 'array',
          title: 'Details',
          description: 'Every finding; absent when there is nothing more to say.',
          items: detailSchema,
        },
      },
    },
  },
} as const;
