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
  /** The customer to create again and again; every one gets a domain of its own. */
  readonly customer: Omit<CustomerPayload, 'domain'>;
  /** Addresses whose status is asked for, to find some that are not verified. */
  readonly addresses: readonly Readonly<Record<string, string>>[];
  /** Whether an address of status None is tried too, with which a customer cannot be deleted. */
  readonly tryUndeletable: boolean;
  /** When the create is repeated, counted from its answer. */
  readonly repeatAfter: readonly number[];
  /** How long a customer is waited for in list and audit log. */
  readonly wait: number;
  readonly pollEvery: number;
}

/** One create that was answered, or was not: what the report says about all of them. */
export interface CreateTiming {
  /** Absent when no answer came. */
  readonly status: number | undefined;
  readonly milliseconds: number;
}

/** The customer that most questions are about. The password never leaves this object but to be compared. */
export interface FirstCustomer {
  readonly created: Created;
  /** How many characters its prefix has. */
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
  /** A call with a time of its own, longer than any create that the product waits for. */
  readonly call: () => PartnerCenterCall;
  /** Waits; rejects when the run is interrupted. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  first?: FirstCustomer;
  /** What a repeat at once came to. */
  replayed?: RepeatAnswer;
  /** A create without `enableGDAPByDefault`, by whichever question sent one. */
  withoutGdapFlag?: Created;
  /** Why nothing else can be asked. */
  stopped?: string;
}
