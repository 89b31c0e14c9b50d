import { randomUUID } from 'node:crypto';
import { buildCustomerBody } from '../../shared/customer/request-body.ts';
import type { CustomerPayload } from '../../shared/customer/payload.ts';
import type { CustomerToCreate } from '../../shared/partner-center/create-customer.ts';
import { probeDomain } from '../../shared/partner-center/probe-domain.ts';
import { NotAsked } from './probe-refusal.ts';
import type { Probe } from './probe.ts';
import { sendCreate, type SentCreate } from './send-create.ts';

/** A finished create: all its answers and its outcome. */
export interface Created {
  readonly customer: CustomerToCreate;
  readonly answers: readonly SentCreate[];
  readonly last: SentCreate;
  /** The create was refused, but the domain now exists. */
  readonly refusedButTaken: boolean;
  /** Milliseconds since the epoch. */
  readonly answeredAt: number;
}

export interface Order {
  /** Returns a free prefix; called again if the prefix is taken. */
  readonly prefix: () => string;
  readonly payload?: Partial<CustomerPayload>;
  /** Changes the body that the product would send. */
  readonly change?: (body: Record<string, unknown>) => Record<string, unknown>;
}

/** Creates a customer within the budget, repeating the same request while its outcome is unknown, as the product does. */
export async function createSandboxCustomer(probe: Probe, order: Order): Promise<Created> {
  const domain = await findFreeDomain(probe, order.prefix);
  const body = buildBody(probe, domain, order);
  const customer = { domain, body, requestId: randomUUID(), correlationId: randomUUID() };
  probe.signal.throwIfAborted();
  probe.budget.take();
  probe.journal.add(domain);
  const since = Date.now();
  const answers: SentCreate[] = [];
  for (;;) {
    const last = await sendCreate(probe, customer);
    answers.push(last);
    const { outcome } = last;
    const open = outcome.kind === 'unknown' || outcome.kind === 'throttled';
    if (open && Date.now() - since < probe.plan.wait) {
      await probe.pause(outcome.retryAfter ?? probe.plan.pollEvery);
      continue;
    }
    // A refusal alone does not prove that nothing was created.
    const refused = outcome.kind === 'refused' || outcome.kind === 'exists';
    const isFree = refused && (await probeDomain(probe.partner, domain, probe.call())) === 'free';
    if (isFree) {
      probe.journal.remove({ domain });
      probe.budget.giveBack();
    }
    return { customer, answers, last, refusedButTaken: refused && !isFree, answeredAt: Date.now() };
  }
}

/** Whether a create made a customer: after a late answer the customer exists although the repeat finds the domain taken. */
export function wasAccepted({
  answers,
  last: { outcome },
  refusedButTaken,
}: Created): 'accepted' | 'refused' | 'unclear' {
  const late = answers[0]?.outcome.kind === 'unknown' && (outcome.kind === 'exists' || refusedButTaken);
  if (late || outcome.kind === 'created' || outcome.kind === 'created-without-password') return 'accepted';
  return outcome.kind === 'refused' && !refusedButTaken ? 'refused' : 'unclear';
}

/** Only a domain that was free before may enter the journal: a customer found under it later is ours to delete. */
async function findFreeDomain(probe: Probe, prefix: () => string): Promise<string> {
  for (let tried = 0; tried < 5; tried++) {
    const domain = prefix() + probe.settings.customerDomainSuffix;
    if ((await probeDomain(probe.partner, domain, probe.call())) === 'free') return domain;
  }
  throw new NotAsked('no free domain was found');
}

function buildBody(probe: Probe, domain: string, { payload, change }: Order): string {
  const body = buildCustomerBody({ ...probe.plan.customer, ...payload, domain }, probe.enrichment);
  return change ? JSON.stringify(change(JSON.parse(body) as Record<string, unknown>)) : body;
}
