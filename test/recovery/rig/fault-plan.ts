import { isFull } from './proof-stack.ts';
import { faultNames } from './fault-kinds.ts';
import type { FaultPlan } from './fault-run.ts';

const refusing = ['PartnerAuthenticationFailed', 'Throttled'];

/** The codes that may come of a failed upstream call, beside those of a machine too busy for such short times. */
const allowances: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(identity|partnerVault|table) /, ['ConfigurationError']],
  // No rules for a country: it is none in which Partner Center sells.
  [/readCountryRules$/, ['CountryRule', ...refusing]],
  [/(entra token|probeDomain|Address)$/, refusing],
  [/createCustomer$/, ['RejectedByPartnerCenter', 'DomainTaken', ...refusing]],
  [/(findCustomers|readAuditRecords)$/, ['PartnerAuthenticationFailed']],
  [/(listUsers|resetPassword)$/, ['CredentialsLost', 'PartnerAuthenticationFailed']],
  [/./, []],
];

/** Any upstream may be late as well. What these say of the world is judged for every answer. */
const late = ['VaultUnavailable', 'RecordUnavailable', 'PartnerCenterError'];
/** Only once a create was sent is there anything to be unknown, or to be stored. */
const lateCreated = [...late, 'OutcomeUnknown', 'CredentialsNotStored'];

const writes = /store |insertRow|replaceRow|createCustomer|resetPassword/;

/** The full matrix has every cell. In the short one each call is met by some, each by others, and what only reads by fewer. */
function isChosen(call: string, row: number, column: number): boolean {
  return isFull || (row + column) % (writes.test(call) ? 3 : 7) === 0;
}

/** An upstream call that meets every fault. */
export interface Row {
  readonly call: string;
  /** Where several calls have that name: the state on record after which it is the one. */
  readonly after?: string;
  readonly created: boolean;
}

/** Every fault of every call, each with a domain of its own; those that last go on until the first call has been answered. */
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

/** Faults that last, and in the full form those of a single request as well. */
export const lastings = isFull ? [true, false] : [true];
