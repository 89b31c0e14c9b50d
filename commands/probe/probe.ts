import type { Enrichment } from '../../shared/customer/request-body.ts';
import type { CustomerPayload } from '../../shared/customer/payload.ts';
import type { PartnerCenter, PartnerCenterCall } from '../../shared/partner-center/request.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import type { Budget } from './budget.ts';
import type { Created } from './create-sandbox-customer.ts';
import type { Journal } from './journal.ts';
import type { RepeatAnswer } from './repeat-create.ts';
import type { Seen } from './watch-first.ts';

/** Options of a run. Times are in milliseconds. */
export interface ProbePlan {
  /** The customer to create repeatedly; each gets its own domain. */
  readonly customer: Omit<CustomerPayload, 'domain'>;
  /** Addresses to validate, in order to find some that are not verified. */
  readonly addresses: readonly Readonly<Record<string, string>>[];
  /** Whether an address of status None is tried too; a customer with it cannot be deleted. */
  readonly tryUndeletable: boolean;
  /** When the create is repeated, measured from its answer. */
  readonly repeatAfter: readonly number[];
  /** How long to wait for a customer in list and audit log. */
  readonly wait: number;
  readonly pollEvery: number;
}

/** One answered or unanswered create, for the report. */
export interface CreateTiming {
  /** Absent if there was no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
}

/** The customer that most questions use. The password is only compared, never passed on. */
export interface FirstCustomer {
  readonly created: Created;
  /** Length of its prefix. */
  readonly prefixLength: number;
  readonly password: string | undefined;
  readonly seen: { readonly list: Promise<Seen>; readonly audit: Promise<Seen> };
}

/** State that the questions share. */
export interface Probe {
  readonly plan: ProbePlan;
  readonly settings: Settings;
  readonly partner: PartnerCenter;
  readonly enrichment: Enrichment;
  readonly budget: Budget;
  readonly journal: Journal;
  readonly timings: CreateTiming[];
  /** A call with its own deadline, longer than any create that the product waits for. */
  readonly call: () => PartnerCenterCall;
  /** Waits; rejects if the run is interrupted. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  first?: FirstCustomer;
  /** The outcome of an immediate repeat. */
  replayed?: RepeatAnswer;
  /** A create without `enableGDAPByDefault`, from any question that sent one. */
  withoutGdapFlag?: Created;
  /** The reason why no other question can be asked. */
  stopped?: string;
}
