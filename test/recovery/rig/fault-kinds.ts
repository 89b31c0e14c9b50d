import type { Stack } from '../../local/stack.ts';
import type { Fault, WireAnswer } from '../../local/wire/wire.ts';

/** Part of every error body that a fault returns; must not appear in any answer or log line of the app. */
export const faultCanary = 'Zq7-fault-canary-text';

const statuses = [500, 503, 429, 401, 403, 404, 409] as const;

export type FaultName =
  | 'reset before'
  | 'reset after'
  | 'timeout before'
  | 'timeout after'
  | 'truncated'
  | 'garbage'
  | 'html 502'
  | `${(typeof statuses)[number]}`
  | '429 wait'
  | 'slow';

/** Every kind of fault that an upstream call can meet. */
export const faultNames: readonly FaultName[] = [
  'reset before',
  'reset after',
  'timeout before',
  'timeout after',
  'truncated',
  'garbage',
  'html 502',
  '500',
  '503',
  '429',
  '429 wait',
  '401',
  '403',
  '404',
  '409',
  'slow',
];

/** The fault of a name as the emulator of that server injects it. */
export function buildFault(stack: Stack, server: string, name: FaultName): Pick<Fault, 'kind' | 'answer' | 'delay'> {
  if (name === 'slow') return { kind: 'slow', delay: 1500 };
  if (name === 'truncated' || name === 'garbage') return { kind: name };
  if (name === 'html 502') return { kind: 'html-502' };
  if (name.startsWith('reset') || name.startsWith('timeout')) {
    return { kind: name.replace(' ', '-') as Fault['kind'] };
  }
  const status = Number.parseInt(name, 10);
  return { kind: 'status', answer: buildAnswer(stack, server, status, name === '429 wait' ? 1 : undefined) };
}

function buildAnswer(stack: Stack, server: string, status: number, retryAfter: number | undefined): WireAnswer {
  const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (server === 'partnerCenter') {
    // 900308: insufficient privileges.
    const { headers, body = '' } = stack.partnerCenter.errorAnswer(
      status,
      status === 403 ? 900308 : status,
      retryAfter,
    );
    return {
      status,
      headers: { ...headers, ...wait },
      body: body.replace('The service refused the request.', faultCanary),
    };
  }
  return { status, headers: { 'content-type': 'application/json', ...wait }, body: errorBody(server, status) };
}

function errorBody(server: string, status: number): string {
  if (server === 'identity') return JSON.stringify({ statusCode: status, message: faultCanary });
  if (server === 'entra') return JSON.stringify({ error: 'server_error', error_description: faultCanary });
  return JSON.stringify({ error: { code: 'Fault', message: faultCanary } });
}
