import { randomUUID } from 'node:crypto';
import type { PartnerCenter, PartnerCenterCall } from '../../shared/partner-center/request.ts';
import { deleteCustomer } from './delete-customer.ts';
import { ProbeRefusal } from './probe-refusal.ts';

/** Partner Center's codes for "not in this environment" and "not allowed" ("REST error codes"). */
const notHere = new Set(['600006', '900127', '900141']);

/**
 * Requests the deletion of a customer that does not exist, before anything is created: a tenant that is not a sandbox refuses every deletion. Throws
 * `ProbeRefusal` then; any other answer proves nothing and the probe continues.
 */
export async function checkSandbox(partner: PartnerCenter, call: PartnerCenterCall): Promise<void> {
  const { kind, status, code } = await deleteCustomer(partner, randomUUID(), call);
  if (kind !== 'refused' || (status !== 405 && !notHere.has(code ?? ''))) return;
  throw new ProbeRefusal(
    `Partner Center does not let this partner tenant delete customers (${status}, code ${code ?? 'none'}): it is no ` +
      'integration sandbox, whatever --sandbox says. Nothing was created.',
  );
}
