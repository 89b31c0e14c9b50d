import type { ErrorDetail } from '../errors/onboarding-error.ts';
import { customerRequestSchema } from '../schema/customer-request.ts';
import { isDamaged, normaliseText } from './normalise-text.ts';

interface Normalised {
  readonly fields: Record<string, unknown>;
  /** Texts that the sender's encoding destroyed. */
  readonly damaged: readonly ErrorDetail[];
}

interface Property {
  readonly type: string;
  readonly maxLength?: number;
}

const required = new Set<string>(customerRequestSchema.required);
const properties = new Map<string, Property>(Object.entries(customerRequestSchema.properties));
/** For texts whose pattern bounds them already; blanks around them count. */
const usualLimit = 200;

/** Brings every text into its normal form; what is null, or empty and optional, is left out: Power Automate sends both for an empty column. */
export function normalisePayload(body: Readonly<Record<string, unknown>>): Normalised {
  const damaged: ErrorDetail[] = [];
  const entries = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    const property = properties.get(name);
    if (!property) return [[name, value]];
    if (value === null) return [];
    // A text that is too long is not worked on: the validator refuses it as it is.
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

/** Whether a text has more characters than the limit, counted as the validator counts them. */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || Array.from(text).length > limit);
}
