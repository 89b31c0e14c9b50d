import { randomUUID } from 'node:crypto';
import type { WireAnswer } from '../wire/wire.ts';
import { ENTRA_ERRORS, type EntraErrorEntry } from './entra-error-table.ts';

/** Thrown when Entra refuses; `code` is the number after `AADSTS`. */
export class EntraRefusal extends Error {
  readonly code: number;
  readonly entry: EntraErrorEntry;

  constructor(code: number, detail = '') {
    const entry = ENTRA_ERRORS[code];
    if (!entry) throw new RangeError(`AADSTS${code} is not in the table of the emulator.`);
    super(`AADSTS${code}: ${entry.message}${detail === '' ? '' : ` ${detail}`}`);
    this.code = code;
    this.entry = entry;
  }
}

/** The number of a code given as number or as `AADSTS…`; throws for one that the emulator cannot answer with. */
export function readErrorCode(code: string | number): number {
  const number = typeof code === 'number' ? code : Number(code.replace(/^AADSTS/i, ''));
  return new EntraRefusal(number).code;
}

/** The error document of the token endpoint, in its v1 or v2 form. */
export function answerRefusal({ code, entry, message }: EntraRefusal, version: 1 | 2): WireAnswer {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date(Date.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const byPerson = version === 1 && entry.suberror === 'basic_action';
  const body = {
    error: byPerson ? 'interaction_required' : entry.error,
    error_description: `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    ...(entry.suberror === undefined ? {} : { suberror: entry.suberror }),
  };
  return entraJson(entry.status, body);
}

/** A JSON answer with the headers of the token endpoint. */
export function entraJson(status: number, body: object): WireAnswer {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    'x-ms-request-id': randomUUID(),
  };
  return { status, headers, body: JSON.stringify(body) };
}
