import { UpstreamError } from '../../shared/network/upstream-error.ts';
import {
  readCreateOutcome,
  type CreateOutcome,
  type CustomerToCreate,
} from '../../shared/partner-center/create-customer.ts';
import { identifier, isObject } from '../../shared/partner-center/read-field.ts';
import { readRefusal } from '../../shared/partner-center/refusal.ts';
import { requestPartnerCenter } from '../../shared/partner-center/request.ts';
import type { Probe } from './probe.ts';

/** The outcome of one `POST /v1/customers`: as received, and as the product reads it. */
export interface SentCreate {
  /** Absent if there was no answer. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly outcome: CreateOutcome;
  readonly milliseconds: number;
  /** The value in the answer; absent if the answer has none. */
  readonly enableGDAPByDefault: boolean | undefined;
}

/** Sends a create once ("Create a customer"); the customer in the answer is written to the journal before anything else happens. */
export async function sendCreate(probe: Probe, customer: CustomerToCreate): Promise<SentCreate> {
  probe.signal.throwIfAborted();
  const { domain, body, requestId, correlationId } = customer;
  const path = '/v1/customers';
  const request = { operation: 'createCustomer', method: 'POST', path, body, requestId, mayBeForbidden: true } as const;
  const start = performance.now();
  try {
    const answer = await requestPartnerCenter(probe.partner, request, { ...probe.call(), correlationId });
    const milliseconds = performance.now() - start;
    const { status } = answer;
    probe.timings.push({ status, milliseconds });
    const resource = status < 300 ? parse(answer.text) : undefined;
    const customerId = identifier(resource, 'id');
    if (customerId !== undefined) probe.journal.identify(domain, customerId);
    const gdap = isObject(resource) ? resource['enableGDAPByDefault'] : undefined;
    return {
      status,
      code: status < 300 ? undefined : readRefusal(answer).code,
      outcome: readCreateOutcome(answer, domain),
      milliseconds,
      enableGDAPByDefault: typeof gdap === 'boolean' ? gdap : undefined,
    };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const milliseconds = performance.now() - start;
    probe.timings.push({ status: undefined, milliseconds });
    const nothing = { status: undefined, code: undefined, enableGDAPByDefault: undefined };
    return { ...nothing, outcome: { kind: 'unknown' }, milliseconds };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
}
