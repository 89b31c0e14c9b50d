import { Agent, request } from 'node:http';
import { localKeys } from '../../local/host/keys.ts';
import type { Plan } from './plan.ts';
import { clock, pass } from './virtual-time.ts';
import type { Node } from './world.ts';

/** One call and its outcome; no answer if the connection broke or the caller timed out. */
export interface Call {
  readonly node: Node;
  readonly variant: 'A' | 'B';
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly answer: { readonly status: number; readonly retryAfter: number; readonly text: string } | undefined;
}

/** The fields of an answer that a run reads. */
export interface AnswerBody {
  readonly code?: string;
  readonly status?: string | number;
  readonly customerId?: string;
  readonly domain?: string;
  readonly adminUserName?: string;
  readonly userNameSecretId?: string;
  readonly passwordSecretId?: string;
  readonly vaultUri?: string;
  readonly message?: string;
}

export const agent = new Agent({ keepAlive: true });

/** The payload of a variant; B is another customer with the same domain. */
export function payloadOf(plan: Plan, domain: string, variant: 'A' | 'B'): Record<string, unknown> {
  return {
    companyName: variant === 'A' ? 'Contoso Coffee' : 'Contoso Tea',
    domain,
    email: 'amelia.reyes@example.com',
    firstName: 'Amelia',
    lastName: 'Reyes',
    addressLine1: '4567 Main Street',
    city: 'Redmond',
    state: 'WA',
    postalCode: '98052',
    country: 'US',
    ...(plan.gdap ? {} : { enableGDAPByDefault: false }),
  };
}

/** Sends one call to an instance and waits until the caller's timeout. */
export async function sendCall(
  node: Node,
  payload: Record<string, unknown>,
  { variant, patience, correlationId }: { variant: 'A' | 'B'; patience: number; correlationId: string },
): Promise<Call> {
  const sentAt = clock.now;
  const thaw = node.machine.frozenUntil - clock.now;
  // A frozen instance does not accept connections.
  if (thaw > 0) await pass(Math.min(thaw, patience));
  const answer =
    node.state === 'gone' || thaw > patience
      ? undefined
      : await exchange(`${node.host.url}/api/v1/customers`, JSON.stringify(payload), correlationId, patience).catch(
          () => undefined,
        );
  return { node, variant, sentAt, answeredAt: clock.now, answer };
}

function exchange(url: string, body: string, correlationId: string, patience: number): Promise<Call['answer']> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-functions-key': localKeys.function,
      'x-correlation-id': correlationId,
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: Number(response.headers['retry-after'] ?? 0) * 1000,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    const timer = setTimeout(() => sent.destroy(new Error('out of patience')), patience);
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(body);
  });
}

/** The body of an answer, empty if there is none. */
export function bodyOf({ answer }: Call): AnswerBody {
  try {
    return JSON.parse(answer?.text ?? '{}') as AnswerBody;
  } catch {
    return {};
  }
}
