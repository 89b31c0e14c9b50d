import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';

/** The outcome of one call, with the state of the environment before and after it. */
export interface Answer {
  /** 0 when the connection broke: the instance was killed. */
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  readonly text: string;
  /** Tenants of the domain before and after the call. */
  readonly creates: readonly [number, number];
  /** Whether a success was on record when the call began. */
  readonly succeededBefore: boolean;
}

/** A payload that passes all checks. */
export function payloadFor(domain: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    companyName: `Coffee of ${domain}`,
    domain,
    email: 'amelia.reyes@example.com',
    firstName: 'Amelia',
    lastName: 'Reyes',
    phoneNumber: '4255550100',
    addressLine1: '4567 Main Street',
    city: 'Redmond',
    state: 'WA',
    postalCode: '98052',
    country: 'US',
    ...more,
  };
}

/** Sends the onboarding of a payload once; a broken connection counts as an answer. */
export async function send(
  stack: Stack,
  instance: Instance,
  payload: Readonly<Record<string, unknown>>,
  init: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const domain = `${String(payload['domain'])}.onmicrosoft.com`;
  const before = stack.partnerCenter.creates(domain);
  const succeededBefore = stateOf(stack, domain) === 'Succeeded';
  const seen = (): Pick<Answer, 'creates' | 'succeededBefore'> => ({
    creates: [before, stack.partnerCenter.creates(domain)],
    succeededBefore,
  });
  try {
    const answer = await instance.call('/api/v1/customers', {
      method: 'POST',
      body: JSON.stringify(payload),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });
    const text = await answer.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    const code = typeof body['code'] === 'string' ? body['code'] : undefined;
    return { status: answer.status, code, body, headers: answer.headers, text, ...seen() };
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    return { status: 0, code: undefined, body: {}, headers: new Headers(), text: '', ...seen() };
  }
}

/** The state on record for a domain; undefined where there is no row. */
export function stateOf(stack: Stack, domain: string): string | undefined {
  const state = stack.table.row(domain)?.properties['state'];
  return state === undefined ? undefined : String(state);
}

/** Whether a call has a final outcome: succeeded, or refused permanently. */
export function isSettled({ status, code }: Answer): boolean {
  return (status >= 200 && status < 500 && status !== 429) || code === 'CredentialsLost';
}
