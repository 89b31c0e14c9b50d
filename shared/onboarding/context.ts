import { secretBase } from '../customer/domain.ts';
import { fingerprintOf } from '../customer/fingerprint.ts';
import { readPayload, type CustomerPayload } from '../customer/payload.ts';
import type { Log } from '../log/log.ts';
import type { Deadline } from '../network/deadline.ts';
import type { Services } from './services.ts';

/** The caller: the correlation ID of the call, its log and its deadline. */
export interface Caller {
  readonly correlationId: string;
  readonly log: Log;
  readonly deadline: Deadline;
}

/** What one call for one payload carries. */
export interface Context extends Caller {
  readonly services: Services;
  readonly payload: CustomerPayload;
  /** The full initial domain, lower case. */
  readonly domain: string;
  /** Prefix of the names of the domain's secrets. */
  readonly base: string;
  readonly fingerprint: string;
}

/** Validates a payload and creates the context of one call; throws `InvalidPayload`. */
export function openContext(services: Services, body: unknown, { correlationId, log, deadline }: Caller): Context {
  const payload = readPayload(body, services.settings);
  const { domain } = payload;
  return {
    services,
    correlationId,
    log,
    deadline,
    payload,
    domain,
    base: secretBase(domain),
    fingerprint: fingerprintOf(payload),
  };
}
