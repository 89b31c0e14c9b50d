import { retry } from '../../shared/network/retry.ts';
import { readRefusal } from '../../shared/partner-center/refusal.ts';
import {
  requestPartnerCenter,
  unusable,
  type PartnerCenter,
  type PartnerCenterCall,
} from '../../shared/partner-center/request.ts';

export interface Deletion {
  readonly kind: 'deleted' | 'not-found' | 'refused';
  readonly status: number;
  readonly code: string | undefined;
}

/**
 * Deletes a customer ("Delete a customer account from the integration sandbox"); production tenants refuse it. Rejects if there is no usable answer.
 */
export function deleteCustomer(partner: PartnerCenter, customerId: string, call: PartnerCenterCall): Promise<Deletion> {
  const operation = 'deleteCustomer';
  const path = `/v1/customers/${encodeURIComponent(customerId)}`;
  const request = { operation, method: 'DELETE', path, mayBeForbidden: true } as const;
  return retry(
    async () => {
      const answer = await requestPartnerCenter(partner, request, call);
      const { status } = answer;
      if (status === 408 || status === 429 || status >= 500) throw unusable(operation, answer);
      const kind = status < 300 ? 'deleted' : status === 404 ? 'not-found' : 'refused';
      return { kind, status, code: readRefusal(answer).code };
    },
    { deadline: call.deadline, operation },
  );
}
