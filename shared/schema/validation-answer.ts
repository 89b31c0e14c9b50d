import { customerRequestSchema } from './customer-request.ts';
import { warningsSchema } from './detail.ts';
import { correlationIdSchema } from './onboarding-fields.ts';

const { culture, language, enableGDAPByDefault, ...others } = customerRequestSchema.properties;

/** The customer as it would be created: normalised and with defaults for culture, language and GDAP. */
export const draftSchema = {
  type: 'object',
  title: 'Customer',
  description: 'The customer as it would be created, with defaults.',
  required: [...customerRequestSchema.required, 'culture', 'language', 'enableGDAPByDefault'],
  properties: {
    ...others,
    culture: { ...culture, description: 'Culture with which the customer would be created.' },
    language: { ...language, description: 'Language with which the customer would be created.' },
    enableGDAPByDefault: { ...enableGDAPByDefault, description: 'Whether GDAP would be requested.' },
  },
} as const;

/** The response when every check passes. */
export const validationAnswerSchema = {
  type: 'object',
  title: 'Validation',
  description: 'All checks passed; nothing was created.',
  required: ['status', 'customer', 'correlationId'],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Valid.', enum: ['Valid'] },
    customer: draftSchema,
    warnings: warningsSchema,
    correlationId: correlationIdSchema,
  },
} as const;
