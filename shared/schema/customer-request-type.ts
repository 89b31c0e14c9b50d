import type { FromSchema } from 'json-schema-to-ts';
import type { customerRequestSchema } from './customer-request.ts';

/** The type of a payload, from its schema. */
export type CustomerRequest = FromSchema<typeof customerRequestSchema>;
