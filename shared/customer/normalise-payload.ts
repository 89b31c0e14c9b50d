import type { ErrorDetail } from '../errors/onboarding-error.ts';
import { customerRequestSchema } from '../schema/customer-request.ts';
import { isDamaged, normaliseText } from './normalise-text.ts';

interface Normalised {
  readonly fields: Record<string, unknown>;
  /** Texts that the sender's encoding damaged. */
  readonly damaged: readonly ErrorDetail[];
}

interface Property {
  readonly type: string;
  readonly maxLength?: number;
}

const required = new Set<string>(customerRequestSchema.required);
const properties = new Map<string, Property>(Object.entries(customerRequestSchema.properties));
/** The limit for fields without a maximum length of their own: their pattern bounds them. Counts surrounding whitespace. */
const usualLimit = 200;

/** Normalises every text. Omits null values and optional empty texts: Power Automate sends both for an empty column. */
export function normalisePayload(body: Readonly<Record<string, unknown>>): Normalised {
  const damaged: ErrorDetail[] = [];
  const entries = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    const property = properties.get(name);
    if (!property) return [[name, value]];
    if (value === null) return [];
    // A text that is too long is not normalised: the validator refuses it anyway.
    if (typeof value !== 'string' || isLonger(value, property.maxLength ?? usualLimit)) return [[name, value]];
    const text = normaliseText(name, value);
    if (text === '' && !required.has(name)) return [];
    if (isDamaged(text)) damaged.push({ code: 'DamagedText', target: name, message: damagedMessage });
    return [[name, text]];
  });
  return { fields: Object.fromEntries(entries), damaged };
}

const damagedMessage =
  'Characters of this text were lost before it arrived. Send it again in UTF-8, with charset=utf-8 on the sender’s side.';

/** Whether a text exceeds the limit, in characters as the validator counts them. */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || Array.from(text).length > limit);
}
