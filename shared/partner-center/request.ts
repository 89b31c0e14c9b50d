import { randomUUID } from 'node:crypto';
import type { HttpMethods } from '@azure/core-rest-pipeline';
import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Log } from '../log/log.ts';
import type { Deadline } from '../network/deadline.ts';
import { readRetryAfter } from '../network/retry-after.ts';
import { send, type Incoming } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';
import type { Settings } from '../settings/settings.ts';
import { readRefusal } from './refusal.ts';
import type { PartnerSignIn } from './sign-in/sign-in.ts';
import { noteThrottle } from './throttle.ts';

/** How to reach Partner Center: its settings and the partner's sign-in. */
export interface PartnerCenter {
  readonly settings: Settings;
  readonly signIn: PartnerSignIn;
}

export interface PartnerCenterCall {
  readonly deadline: Deadline;
  readonly log: Log;
  /** GUID for tracing; generated if absent. */
  readonly correlationId?: string;
}

export interface PartnerCenterRequest {
  readonly operation: string;
  readonly method: HttpMethods;
  /** Path and query after the base URL. */
  readonly path: string;
  readonly body?: string;
  /** The idempotency key; generated if absent. */
  readonly requestId?: string;
  /** Additional headers. They cannot override the standard ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True if the caller handles a 403 itself: for a customer's users it means missing GDAP roles, not a failed sign-in. */
  readonly mayBeForbidden?: boolean;
}

/** Codes that a new token cannot fix: a retired audience, a missing MFA claim, the wrong flow. */
const finalAuthCodes = new Set(['900420', '900421', '900329']);
/** Codes that refuse the caller rather than the request ("REST error codes"). */
const forbiddenCodes = new Set(['2032', '90000', '900150', '900308', '900309', '900329', '1002', '400']);

/**
 * Sends one request with Partner Center's headers and returns the response, whatever its status. A plain 401 causes one retry with a new
 * token. Throws `PartnerAuthenticationFailed` if Partner Center still refuses the sign-in.
 */
export async function requestPartnerCenter(
  partner: PartnerCenter,
  request: PartnerCenterRequest,
  call: PartnerCenterCall,
): Promise<Incoming> {
  const token = await partner.signIn.accessToken(call);
  const answer = await sendOnce(partner, request, call, token);
  if (answer.status === 429) noteThrottle(partner);
  if (answer.status !== 401 || finalAuthCodes.has(readRefusal(answer).code ?? ''))
    return acceptedSignIn(request, call, answer);
  const renewed = await partner.signIn.accessToken(call, { rejected: token });
  return acceptedSignIn(request, call, await sendOnce(partner, request, call, renewed));
}

function sendOnce(
  { settings }: PartnerCenter,
  request: PartnerCenterRequest,
  { deadline, log, correlationId }: PartnerCenterCall,
  token: string,
): Promise<Incoming> {
  const { operation, method, path, body } = request;
  return send({
    upstream: 'partner-center',
    operation,
    method,
    url: settings.partnerCenterUrl + path,
    headers: {
      ...request.headers,
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      'MS-RequestId': request.requestId ?? randomUUID(),
      'MS-CorrelationId': correlationId ?? randomUUID(),
      'X-Locale': 'en-US',
      'User-Agent': 'csp-onboarding',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body,
    deadline,
    log,
  });
}

function acceptedSignIn(request: PartnerCenterRequest, call: PartnerCenterCall, answer: Incoming): Incoming {
  if (answer.status !== 401 && answer.status !== 403) return answer;
  const { code } = readRefusal(answer);
  if (answer.status === 403 && request.mayBeForbidden) return answer;
  if (answer.status === 403 && code !== undefined && !forbiddenCodes.has(code)) return answer;
  const { operation } = request;
  const reason = 'Partner Center refuses the sign-in of the partner; look its code up.';
  call.log('error', 'PartnerAuthenticationFailed', { operation, status: answer.status, code, reason });
  throw new OnboardingError('PartnerAuthenticationFailed');
}

/** The error for an unusable response, with Partner Center's code and Retry-After. */
export function unusable(operation: string, answer: Incoming): UpstreamError {
  return new UpstreamError({
    upstream: 'partner-center',
    operation,
    reason: answer.status >= 200 && answer.status < 300 ? 'malformed' : 'status',
    status: answer.status,
    code: readRefusal(answer).code,
    retryAfter: readRetryAfter(answer.header('retry-after')),
  });
}
