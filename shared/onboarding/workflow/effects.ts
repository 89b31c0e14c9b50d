import type { SecretOwner } from '../../credentials/store-credentials.ts';
import type { OnboardingError } from '../../errors/onboarding-error.ts';
import type { DomainRecord } from '../../record/domain-record.ts';
import type { RecordedRefusal } from '../../record/row.ts';
import type { Checked } from '../check-customer.ts';
import type { Context } from '../context.ts';
import type { Stored } from './knowledge.ts';

/** What a run has besides its knowledge: clients, promises and held credentials. */
export interface Effects {
  /** Replaced by a new context when a run continues in the background. */
  context: Context;
  readonly record: DomainRecord;
  /** The checks of the customer, once started. */
  checking?: Promise<Checked>;
  checked?: Checked;
  /** Held credentials: no vault has them yet. */
  credentials?: {
    readonly userName: string;
    readonly password: string;
    readonly customerId: string;
    readonly owner: SecretOwner;
  };
  /** The write of the user name, started in parallel with the row. */
  storingUserName?: Promise<{ readonly vault: string; readonly version: string } | undefined>;
  /** The version of the user name by the URL of the vault that has it. */
  readonly userNames: Map<string, string>;
  /** A stored password whose vault does not have the user name yet. */
  incomplete?: Stored;
  administrator?: string | undefined;
  refusal?: RecordedRefusal;
  /** The failure of a check, a reconciliation or a sign-in, for the response. */
  failure?: OnboardingError;
  /** Milliseconds of Partner Center's `Retry-After`. */
  retryAfter?: number | undefined;
  /** The last failure of each vault by URL, from searching it or writing to it. */
  readonly vaultErrors: Map<string, unknown>;
  /** Milliseconds of a vault's `Retry-After`. */
  vaultWait?: number;
  /** Milliseconds until another call's lease expires. */
  leaseLeft: number;
  /** Whether the row had Succeeded when it was first read. */
  replayed?: boolean;
  /** When the call started to wait for another lease holder. */
  waitingSince?: number;
  lossReason?: 'gdap-roles-missing';
}

/** The effects of a new run. */
export function openEffects(context: Context, record: DomainRecord): Effects {
  return { context, record, userNames: new Map(), vaultErrors: new Map(), leaseLeft: 0 };
}
