import { OnboardingError } from '../errors/onboarding-error.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { readJson, type Incoming } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import { field, identifier } from './read-field.ts';
import { readRefusal } from './refusal.ts';
import { requestPartnerCenter, type PartnerCenter, type PartnerCenterCall } from './request.ts';

/** The outcome of one `POST /v1/customers`. After `unknown`, the customer may or may not have been created. */
export type CreateOutcome =
  | {
      readonly kind: 'created';
      readonly customerId: string;
      readonly commerceId?: string;
      readonly userName: string;
      readonly password: string;
    }
  | {
      readonly kind: 'created-without-password';
      readonly customerId: string;
      readonly commerceId?: string;
      readonly userName: string;
    }
  | { readonly kind: 'exists'; readonly status: number; readonly code: string | undefined }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | undefined;
      readonly target: string | undefined;
    }
  | { readonly kind: 'sign-in-failed'; readonly error: OnboardingError }
  | { readonly kind: 'throttled'; readonly retryAfter: number | undefined }
  | { readonly kind: 'unknown'; readonly retryAfter?: number | undefined };

export interface CustomerToCreate {
  readonly domain: string;
  /** The exact bytes to send. A retry with the same request id must send the same bytes. */
  readonly body: string;
  readonly requestId: string;
  readonly correlationId: string;
}

/**
 * Sends one create request ("Create a customer"). The caller retries, with the same request id and bytes. Failures of Partner Center and of
 * the sign-in are returned as outcomes and never thrown.
 */
export async function createCustomer(
  partner: PartnerCenter,
  customer: CustomerToCreate,
  call: PartnerCenterCall,
): Promise<CreateOutcome> {
  const { domain, body, requestId, correlationId } = customer;
  const request = { operation: 'createCustomer', method: 'POST', path: '/v1/customers', body, requestId } as const;
  try {
    return readCreateOutcome(await requestPartnerCenter(partner, request, { ...call, correlationId }), domain);
  } catch (error) {
    if (error instanceof OnboardingError) return { kind: 'sign-in-failed', error };
    if (error instanceof UpstreamError && error.failure.upstream === 'partner-center') return { kind: 'unknown' };
    throw error;
  }
}

/** Classifies any response to `POST /v1/customers` for this domain. */
export function readCreateOutcome(answer: Incoming, domain: string): CreateOutcome {
  const { status } = answer;
  const retryAfter = readRetryAfter(answer.header('retry-after'));
  if (status >= 200 && status < 300) return readCreated(answer, domain);
  if (status === 429) return { kind: 'throttled', retryAfter };
  if (status === 408 || status >= 500) return { kind: 'unknown', retryAfter };
  const { code, domainExists, target } = readRefusal(answer);
  if (status === 409 || (status === 400 && domainExists)) return { kind: 'exists', status, code };
  // A response without a code may come from a proxy rather than Partner Center.
  if (code === undefined && status !== 400) return { kind: 'unknown' };
  return { kind: 'refused', status, code, target };
}

/** A response that lacks the customer ID or names a different domain counts as unanswered: the retry resolves it. */
function readCreated(answer: Incoming, domain: string): CreateOutcome {
  let customer: unknown;
  try {
    customer = readJson(answer, { upstream: 'partner-center', operation: 'createCustomer' });
  } catch {
    return { kind: 'unknown' };
  }
  const customerId = identifier(customer, 'id');
  const created = field(customer, 'companyProfile', 'domain');
  if (customerId === undefined || (created !== undefined && created.toLowerCase() !== domain))
    return { kind: 'unknown' };
  const commerceId = identifier(customer, 'commerceId');
  const ids = { customerId, ...(commerceId === undefined ? {} : { commerceId }) };
  const password = field(customer, 'userCredentials', 'password');
  const name = field(customer, 'userCredentials', 'userName')?.trim() || 'admin';
  const userName = name.includes('@') ? name : `${name}@${domain}`;
  if (password === undefined) return { kind: 'created-without-password', ...ids, userName };
  return { kind: 'created', ...ids, password, userName };
}
