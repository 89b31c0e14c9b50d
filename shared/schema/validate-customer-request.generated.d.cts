import type { ErrorObject } from 'ajv';

/** Checks a payload against `customer-request.ts`; compiled by the build. Afterwards `errors` holds every fault, or nothing. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export = validate;
