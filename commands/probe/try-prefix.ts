import { UpstreamError } from '../../shared/network/upstream-error.ts';
import { createSandboxCustomer, wasAccepted, type Created, type Order } from './create-sandbox-customer.ts';
import type { Probe } from './probe.ts';
import { describeCreate } from './words.ts';

export interface TriedPrefix {
  readonly answer: 'accepted' | 'refused' | 'unclear';
  readonly came: string;
  readonly created?: Created;
}

/** Creates a customer with an unusual prefix. If the domain probe itself refuses the name, that is an answer too and creates no customer. */
export async function tryPrefix(probe: Probe, order: Order): Promise<TriedPrefix> {
  try {
    const created = await createSandboxCustomer(probe, order);
    return { answer: wasAccepted(created), came: describeCreate(created.last), created };
  } catch (error) {
    const refused = error instanceof UpstreamError && error.failure.operation === 'probeDomain';
    if (!refused || error.failure.status !== 400) throw error;
    return { answer: 'refused', came: 'the domain probe answered 400' };
  }
}
