import { exampleOfError } from '../../shared/open-api/examples.ts';
import type { Fault, WireAnswer } from '../local/wire/wire.ts';

const always = { matches: () => true };
const json = { 'content-type': 'application/json' };
const unavailable = JSON.stringify(exampleOfError('VaultUnavailable'));

/** A response that the gateway gives instead of the app; empty and without headers unless told. */
export function respond(status: number, more: Omit<WireAnswer, 'status'> = {}): Fault {
  return { kind: 'status', answer: { status, ...more }, ...always };
}

/** A response of the app that names when to repeat, in seconds. */
export function respondLater(seconds: number): Fault {
  return respond(503, { headers: { ...json, 'retry-after': String(seconds) }, body: unavailable });
}

/** A refusal whose JSON is somebody else's. */
export const foreignRefusal = respond(403, { headers: json, body: '{"error":"access_denied"}' });

/** The statuses after which the same request is to be sent again, whatever the body. */
export const transientStatuses: readonly number[] = [408, 429, 500, 501, 502, 503, 504];

/** The response with `Retry-After` among those below. */
export const polite = respondLater(1);

/** Everything after which the same request is to be sent again, each once. */
export const transientFaults: readonly Fault[] = [
  ...transientStatuses.map((status) => respond(status)),
  respond(429, { headers: { 'x-function-scaleout': '1' } }),
  { kind: 'html-502', ...always },
  respond(503, { headers: json, body: 'null' }),
  polite,
  respond(503, { headers: { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' } }),
  { kind: 'reset-before', ...always },
  { kind: 'reset-after', ...always },
  { kind: 'garbage', ...always },
  { kind: 'truncated', ...always },
  respond(200),
];
