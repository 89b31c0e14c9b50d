import type { SecretOwner } from '../../credentials/store-credentials.ts';
import type { OnboardingError } from '../../errors/onboarding-error.ts';
import type { DomainRecord } from '../../record/domain-record.ts';
import type { RecordedRefusal } from '../../record/row.ts';
import type { Checked } from '../check-customer.ts';
import type { Context } from '../context.ts';
import type { Stored } from './knowledge.ts';

/** What one run of the workflow has at hand besides its knowledge: clients, promises and the only copy of a password. */
export interface Effects {
  /** Replaced by one of its own when a run goes on in the background. */
  context: Context;
  readonly record: DomainRecord;
  /** The checks of the customer, once they were begun. */
  checking?: Promise<Checked>;
  checked?: Checked;
  /** Credentials that no vault holds yet. */
  credentials?: {
    readonly userName: string;
    readonly password: string;
    readonly customerId: string;
    readonly owner: SecretOwner;
  };
  /** The user name on its way to a vault, begun beside the row. */
  storingUserName?: Promise<{ readonly vault: string; readonly version: string } | undefined>;
  /** Vaults that hold the user name, by URL, with its version. */
  readonly userNames: Map<string, string>;
  /** What a vault that holds the password lacks still. */
  incomplete?: Stored;
  administrator?: string | undefined;
  refusal?: RecordedRefusal;
  /** The failure of a check, a look-up or a sign-in that the caller may have to be told. */
  failure?: OnboardingError;
  /** Milliseconds that Partner Center asked to wait. */
  retryAfter?: number | undefined;
  /** What the vaults failed with last, by URL, while one was searched or proven. */
  readonly vaultErrors: Map<string, unknown>;
  /** Milliseconds that a vault asked to wait. */
  vaultWait?: number;
  /** Milliseconds that are left of somebody else's lease. */
  leaseLeft: number;
  /** Whether the row had Succeeded when it was first read. */
  replayed?: boolean;
  /** When the call began to wait for another holder. */
  waitingSince?: number;
  lossReason?: 'gdap-roles-missing';
}

/** The effects of one run, nothing done yet. */
export function openEffects(context: Context, record: DomainRecord): Effects {
  return { context, record, userNames: new Map(), vaultErrors: new Map(), leaseLeft: 0 };
}
