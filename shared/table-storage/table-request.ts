import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { Log } from '../log/log.ts';
import { beforeDeadline, type Deadline } from '../network/deadline.ts';
import type { RenewableCredential } from '../network/renewable-credential.ts';
import { send, type Incoming } from '../network/send.ts';
import { UpstreamError } from '../network/upstream-error.ts';

/** The deadline and the log of a call to a table. */
export interface TableCall {
  readonly deadline: Deadline;
  readonly log: Log;
}

export interface TableRequest {
  readonly operation: string;
  readonly method: HttpMethods;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The token resource of Table storage; the same in all Microsoft clouds. */
export const tableResource = 'https://storage.azure.com';
const scope = `${tableResource}/.default`;
/** The first version that accepts Entra tokens for tables. */
const version = '2020-12-06';

/** Sends one request and returns the response, whatever its status. A 401 means that nothing was done, so it is retried once with a new token. */
export async function requestTable(
  credential: RenewableCredential,
  request: TableRequest,
  call: TableCall,
): Promise<Incoming> {
  const token = await getToken(credential, request, call);
  const answer = await sendOnce(request, token, call);
  if (answer.status !== 401) return answer;
  const renewed = await getToken(credential, request, call, token);
  return renewed === token ? answer : sendOnce(request, renewed, call);
}

function sendOnce(request: TableRequest, token: string, call: TableCall): Promise<Incoming> {
  const { headers, ...rest } = request;
  return send({
    upstream: 'table-storage',
    ...rest,
    ...call,
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json;odata=minimalmetadata',
      'x-ms-version': version,
      'x-ms-date': new Date().toUTCString(),
      DataServiceVersion: '3.0;NetFx',
      'User-Agent': 'csp-onboarding',
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
  });
}

/** Gets a token; `rejected` is the one that the service has just refused. */
async function getToken(
  credential: RenewableCredential,
  { operation }: TableRequest,
  { deadline }: TableCall,
  rejected?: string,
): Promise<string> {
  const what = { upstream: 'managed-identity', operation: 'getToken' } as const;
  if (rejected !== undefined) credential.dropToken?.(rejected);
  const token = await beforeDeadline(deadline, what, () => credential.getToken(scope));
  if (!token) throw new UpstreamError({ upstream: 'table-storage', operation, reason: 'status', status: 401 });
  return token.token;
}
