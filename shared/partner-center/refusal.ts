import type { Incoming } from '../network/send.ts';
import { field, isObject } from './read-field.ts';

export interface Refusal {
  /** Partner Center's code as text, for example `27002`; absent where the body has none or there is no body. */
  readonly code: string | undefined;
  /** Whether the text says that the domain exists already. The text itself goes no further: it may hold customer data. */
  readonly domainExists: boolean;
}

const saysTaken = /already (exists|in use|used|taken|registered)|(is|was) (taken|not available|unavailable|in use)/i;
/** Codes that speak of a value of the request, whatever their text says of domains. */
const aboutValues = new Set(['2001', '27002', '600002', '600049', '600050', '600051']);

/** Reads an error body in any of the shapes that Partner Center uses: code and description, code and message, statusCode and message, none. */
export function readRefusal({ text }: Pick<Incoming, 'text'>): Refusal {
  const body = parse(text);
  const code = isObject(body) ? (body['code'] ?? body['errorCode']) : undefined;
  const readable = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : '';
  const words = ['description', 'message', 'errorName'].map((name) => field(body, name)).join(' ');
  return {
    // Our own logs and answers carry the code, so nothing but a code may pass.
    code: /^[A-Za-z0-9_]{1,40}$/.test(readable) ? readable : undefined,
    domainExists: !aboutValues.has(readable) && /domain/i.test(words) && saysTaken.test(words),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
