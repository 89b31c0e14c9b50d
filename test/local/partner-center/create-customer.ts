import { recordRefusal } from './audit-record.ts';
import { checkCustomer } from './check-customer.ts';
import type { Context } from './context.ts';
import { checkDomainName, checkQuota, checkReseller, findCreateRefusal, refuseTaken } from './create-refusals.ts';
import { buildCustomer } from './customer-resource.ts';
import type { CreateRefusal } from './knobs.ts';
import { makeTenant } from './make-tenant.ts';
import { readBody } from './read-body.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import type { LedgerEntry } from './request-ledger.ts';
import type { CustomerDraft } from './tenant.ts';

/** `POST /v1/customers`. A remembered request id is answered from the ledger, according to the knob `replay`. */
export async function createCustomer(context: Context): Promise<Reply> {
  const { request, knobs, world, ids } = context;
  const entry = world.ledger.find(ids.requestId.toLowerCase(), knobs.replayRetention);
  if (!entry) return await createOnce(context);
  if (entry.body !== request.body) return refuse(400, 2000, 'The MS-RequestId was used with another request body.');
  if (entry.running) {
    if (knobs.answer202) return { status: 202 };
    if (knobs.repeatWhileRunning === 'conflict') return refuse(409, 409, 'The request is being processed.');
    if (knobs.repeatWhileRunning === 'taken') return refuseTaken(entry.domain, knobs);
    await entry.running;
    return await createCustomer(context);
  }
  if (knobs.replay === 'domain-exists') {
    if (!entry.tenant) return await createOnce(context);
    recordFailure(entry.tenant.draft, context);
    return refuseTaken(entry.domain, knobs);
  }
  return replay(entry, knobs.replay === 'same');
}

function replay({ tenant, refusal }: LedgerEntry, withPassword: boolean): Reply {
  if (!tenant) return refusal ?? { status: 500 };
  // The first password, even if it has changed since: the answer repeats the first one.
  return { status: 201, json: buildCustomer(tenant, withPassword ? { password: tenant.firstPassword } : {}) };
}

/** Checks, takes the domain, and creates the tenant after `createDuration`; continues after the caller has disconnected. */
async function createOnce(context: Context): Promise<Reply> {
  const { request, knobs, world, ids } = context;
  const checked = check(context);
  if (isReply(checked)) return checked;
  const { draft, refusal } = checked;
  const domain = draft.domain.toLowerCase();
  const entry: LedgerEntry = { body: request.body, domain, endedAt: Date.now() };
  const conclude = (): void => {
    const tenant = refusal?.leaves === 'domain' ? undefined : makeTenant(draft, context);
    if (tenant) world.add(tenant);
    if (refusal) entry.refusal = answerRefusal(refusal);
    else if (tenant) entry.tenant = tenant;
    entry.endedAt = Date.now();
    delete entry.running;
  };
  if (knobs.createDuration > 0) {
    entry.running = new Promise((resolve) => setTimeout(resolve, knobs.createDuration)).then(conclude);
  }
  world.ledger.add(ids.requestId.toLowerCase(), entry);
  if (!entry.running) conclude();
  if (knobs.answer202) return { status: 202 };
  await entry.running;
  return replay(entry, true);
}

/** The draft whose domain is now taken, with a refusal if one follows nevertheless; or the refusal that creates nothing. */
function check(context: Context): { draft: CustomerDraft; refusal: CreateRefusal | undefined } | Reply {
  const { request, knobs, world } = context;
  const read = readBody(request);
  if (isReply(read)) return read;
  const draft = checkCustomer(read.body, context);
  if (isReply(draft)) return draft;
  const fault = checkReseller(draft, context) ?? checkDomainName(draft.domain, knobs) ?? checkQuota(world, knobs);
  if (fault) return fault;
  if (world.isTaken(draft.domain)) return remember(refuseTaken(draft.domain, knobs), draft, context);
  const refusal = findCreateRefusal(draft, knobs);
  if (refusal && (refusal.leaves ?? 'nothing') === 'nothing') {
    return remember(answerRefusal(refusal), draft, context);
  }
  world.take(draft.domain);
  return { draft, refusal };
}

/** A business refusal becomes the answer to this request id; a failure of the service (5xx) does not. */
function remember(refusal: Reply, draft: CustomerDraft, context: Context): Reply {
  const { request, world, ids } = context;
  const domain = draft.domain.toLowerCase();
  if (refusal.status < 500) {
    world.ledger.add(ids.requestId.toLowerCase(), { body: request.body, domain, refusal, endedAt: Date.now() });
  }
  recordFailure(draft, context);
  return refusal;
}

function recordFailure(draft: CustomerDraft, { knobs, world, ids, claims }: Context): void {
  const caller = { correlationId: ids.correlationId, applicationId: claims.appid };
  if (knobs.auditFailures) world.recordFailure(recordRefusal(draft, caller));
}

function answerRefusal({ status, code, description, data }: CreateRefusal): Reply {
  return refuse(status, code, description ?? `The customer could not be created (${code}).`, data);
}
