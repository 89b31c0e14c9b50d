import { isFull } from './proof-stack.ts';
import { faultNames } from './fault-kinds.ts';
import type { FaultPlan } from './fault-run.ts';

const refusing = ['PartnerAuthenticationFailed', 'Throttled'];

/** The codes that a failed upstream call may cause, besides those of a machine too busy for such short timeouts. */
const allowances: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(identity|partnerVault|table) /, ['ConfigurationError']],
  // No rules for a country: Partner Center does not sell there.
  [/readCountryRules$/, ['CountryRule', ...refusing]],
  [/(entra token|probeDomain|Address)$/, refusing],
  [/createCustomer$/, ['RejectedByPartnerCenter', 'DomainTaken', ...refusing]],
  [/(findCustomers|readAuditRecords)$/, ['PartnerAuthenticationFailed']],
  [/(listUsers|resetPassword)$/, ['CredentialsLost', 'PartnerAuthenticationFailed']],
  [/./, []],
];

/** Any upstream may also be late. What these codes claim is checked for every answer. */
const late = ['VaultUnavailable', 'RecordUnavailable', 'PartnerCenterError'];
/** Unknown outcomes and unstored credentials exist only after a create was sent. */
const lateCreated = [...late, 'OutcomeUnknown', 'CredentialsNotStored'];

const writes = /store |insertRow|replaceRow|createCustomer|resetPassword/;

/** The full matrix has every cell. In the short one each call gets a different selection of faults, and reads get fewer. */
function isChosen(call: string, row: number, column: number): boolean {
  return isFull || (row + column) % (writes.test(call) ? 4 : 9) === 0;
}

/** An upstream call that meets every fault. */
export interface Row {
  readonly call: string;
  /** If several calls have this name: the state on record after which the fault applies. */
  readonly after?: string;
  readonly created: boolean;
}

/** Every fault of every call, each with its own domain; lasting faults continue until the first call has been answered. */
export function planFaults(rows: readonly Row[], lasting: boolean): FaultPlan[] {
  return rows.flatMap(({ call, after, created }, row) =>
    faultNames.flatMap((fault, column) => {
      if (!isChosen(call, row, column)) return [];
      const own = allowances.find(([pattern]) => pattern.test(call))?.[1] ?? [];
      const allowed = [...own, ...(created ? lateCreated : late)];
      const domain = `f${row}x${column}${lasting ? 'l' : 'o'}.onmicrosoft.com`;
      return [{ call, fault, lasting, allowed, domain, after }];
    }),
  );
}

/** Lasting faults, and in the full matrix also faults of a single request. */
export const lastings = isFull ? [true, false] : [true];
