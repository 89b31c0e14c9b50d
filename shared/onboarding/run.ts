import { randomUUID } from 'node:crypto';
import type { Vault } from '../key-vault/vault.ts';
import type { Log } from '../log/log.ts';
import type { Deadline } from '../network/deadline.ts';
import type { PartnerCenter } from '../partner-center/request.ts';
import type { Settings } from '../settings/settings.ts';
import type { CustomerPayload } from './payload.ts';
import type { HeldCredentials } from './credentials/held-credentials.ts';
import type { TurnedAway } from './turned-away.ts';

/** What every onboarding on this instance shares. */
export interface Workplace {
  readonly settings: Settings;
  readonly partner: PartnerCenter;
  /** The vaults for records and credentials, in the order they are tried. */
  readonly vaults: readonly Vault[];
  /** This instance of the app, for the leases in the record. */
  readonly instance: string;
  readonly held: HeldCredentials;
  readonly turnedAway: TurnedAway;
}

/** One call's work on one domain: enough to look, to repair and to recover. */
export interface DomainRun extends Workplace {
  /** The full initial domain, lower case. */
  readonly domain: string;
  /** Start of the names of the domain's secrets. */
  readonly base: string;
  readonly deadline: Deadline;
  readonly log: Log;
}

/** One call's work on one payload. */
export interface Run extends DomainRun {
  readonly payload: CustomerPayload;
  readonly fingerprint: string;
  /** The caller's correlation id. */
  readonly correlationId: string;
}

/** Milliseconds of the call that are kept back for storing credentials: 15 % of it. */
export function storingShare(deadline: Deadline): number {
  return deadline.share(0.15);
}

/** A new turn of this instance, as the owner of a lease. A turn that let go of its lease is never taken up again. */
export function newOwner({ instance }: Pick<Workplace, 'instance'>): string {
  return `${instance}.${randomUUID().slice(0, 8)}`;
}
