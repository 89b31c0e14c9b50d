import type { WireAnswer, WireRequest } from '../wire/wire.ts';
import { checkToken, isDelegated, refuseAppOnly } from './check-token.ts';
import { readParameters, type Operation } from './classify.ts';
import type { Context } from './context.ts';
import { createCustomer } from './create-customer.ts';
import { deleteCustomer } from './delete-customer.ts';
import { findCustomers } from './find-customers.ts';
import { isGuid } from './guid.ts';
import type { Knobs } from './knobs.ts';
import { listUsers } from './list-users.ts';
import { probeDomain } from './probe-domain.ts';
import { readAuditRecords } from './read-audit-records.ts';
import { readCountryRules } from './read-country-rules.ts';
import { readCustomer } from './read-customer.ts';
import { readTraceIds, renderReply, type TraceIds } from './render-reply.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import { resetPassword } from './reset-password.ts';
import { validateAddress } from './validate-address.ts';
import type { World } from './world.ts';

const operations: Readonly<Record<Operation, (context: Context) => Reply | Promise<Reply>>> = {
  probeDomain,
  readCountryRules,
  validateAddress,
  createCustomer,
  findCustomers,
  readCustomer,
  readAuditRecords,
  listUsers,
  resetPassword,
  deleteCustomer,
};
const delegatedOnly = new Set(['listUsers', 'resetPassword']);

/** One request from its headers to its answer: token, throttle, ids, operation, then the service's headers and shapes. */
export async function handleRequest(
  request: WireRequest,
  { audience, knobs, world }: { readonly audience: string; readonly knobs: Knobs; readonly world: World },
): Promise<WireAnswer> {
  const ids = readTraceIds(request.headers);
  world.counts[request.operation] = (world.counts[request.operation] ?? 0) + 1;
  const reply = await answer(request, ids, audience, knobs, world);
  return renderReply(reply, ids, knobs, request.method);
}

async function answer(
  request: WireRequest,
  ids: TraceIds,
  audience: string,
  knobs: Knobs,
  world: World,
): Promise<Reply> {
  const claims = checkToken(request.headers['authorization'], audience, knobs);
  if (isReply(claims)) return claims;
  const throttled = world.minute.take(knobs.limitPerMinute);
  if (throttled) return throttled;
  if (request.operation === 'unknownPath') return refuse(404, 1000, 'The resource was not found.');
  if (request.operation === 'unknownVerb') return refuse(405, 405, 'The method is not allowed.');
  const fault = checkHeaders(request, ids, knobs);
  if (fault) return fault;
  if (delegatedOnly.has(request.operation) && !isDelegated(claims)) return refuseAppOnly();
  const operate = operations[request.operation as Operation];
  return await operate({ request, parameters: readParameters(request), claims, ids, knobs, world });
}

function checkHeaders(request: WireRequest, { requestId, correlationId }: TraceIds, knobs: Knobs): Reply | undefined {
  if (!isGuid(requestId)) return refuse(400, 2000, 'The MS-RequestId is not a GUID.', ['MS-RequestId']);
  if (!isGuid(correlationId)) return refuse(400, 2000, 'The MS-CorrelationId is not a GUID.', ['MS-CorrelationId']);
  if (knobs.requireContractVersion && request.headers['ms-contract-version'] !== 'v1') {
    return refuse(400, 2001, 'The MS-Contract-Version is missing.', ['MS-Contract-Version']);
  }
  return undefined;
}
