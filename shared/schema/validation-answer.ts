import { customerRequestSchema } from './customer-request.ts';
import { warningsSchema } from './detail.ts';
import { correlationIdSchema } from './onboarding-fields.ts';

const { culture, language, enableGDAPByDefault, ...others } = customerRequestSchema.properties;

/** The customer as it would be created: normalised, with culture, language and GDAP filled in. */
export const draftSchema = {
  type: 'object',
  title: 'Customer',
  description: 'The customer as it would be created, defaults filled in.',
  required: [...customerRequestSchema.required, 'culture', 'language', 'enableGDAPByDefault'],
  properties: {
    ...others,
    culture: { ...culture, description: 'Culture that the customer would be created with.' },
    language: { ...language, description: 'Language that the customer would be created with.' },
    enableGDAPByDefault: { ...enableGDAPByDefault, description: 'Whether GDAP would be asked for.' },
  },
} as const;

/** What a caller gets when every check passes. */
export const validationAnswerSchema = {
  type: 'object',
  title: 'Validation',
  description: 'The checks passed; nothing was created.',
  required: ['status', 'customer', 'correlationId'],
  properties: {
    status: { type: 'string', title: 'Status', description: 'Always Valid.', enum: ['Valid'] },
    customer: draftSchema,
    warnings: warningsSchema,
    correlationId: correlationIdSchema,
  },
} as const;
