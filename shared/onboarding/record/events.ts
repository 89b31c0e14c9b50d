import type { SecretVersion, Vault } from '../../key-vault/vault.ts';
import type { Enrichment } from '../customer-body.ts';

interface OfRequest {
  /** 1 for the first attempt at a domain, one more after each refused request id. */
  readonly attempt: number;
  readonly requestId: string;
}

interface OfOwner extends OfRequest {
  /** Who wrote it: an instance of the app, and which of its turns. */
  readonly owner: string;
}

interface OfPayload extends OfRequest, Enrichment {
  readonly fingerprint: string;
  readonly country: string;
  /** The `MS-CorrelationId` of the create, the same on every repeat. */
  readonly correlationId: string;
}

/** "I am at work on this": on record before any create is sent. */
export interface Started extends OfOwner, OfPayload {
  readonly event: 'Started';
  readonly leaseSeconds: number;
}

/** The same request under a turn of its own. */
export function startAgain(
  {
    attempt,
    requestId,
    fingerprint,
    country,
    culture,
    language,
    enableGDAPByDefault,
    correlationId,
  }: Omit<Started, 'event' | 'owner' | 'leaseSeconds'>,
  { owner, leaseSeconds }: Pick<Started, 'owner' | 'leaseSeconds'>,
): Started {
  const payload = { fingerprint, country, culture, language, enableGDAPByDefault };
  return { event: 'Started', attempt, requestId, ...payload, correlationId, owner, leaseSeconds };
}

/** The credentials are stored: the only event that lets a call be answered with 200. */
export interface Succeeded extends OfPayload {
  readonly event: 'Succeeded';
  readonly customerId: string;
  readonly commerceId?: string;
  readonly vault: string;
  readonly userNameVersion: string;
  readonly passwordVersion: string;
}

/** Why a turn let go of a claim whose pending password was definitely not set: the reset was forbidden. */
export const resetRefused = 'ResetRefused';

/** One event of an onboarding: one version of the record's secret, all of it in tags. `shared/onboarding/README.md` says what each means. */
export type RecordEvent =
  | Started
  | Succeeded
  | ({ readonly event: 'Refused'; readonly code: string } & OfOwner)
  | ({ readonly event: 'PasswordGone'; readonly customerId?: string } & OfRequest)
  | ({ readonly event: 'Released'; readonly code?: typeof resetRefused } & OfOwner)
  | ({ readonly event: 'NotStored'; readonly customerId: string } & OfOwner)
  | ({ readonly event: 'RecoveryClaimed'; readonly leaseSeconds: number } & OfOwner)
  | ({ readonly event: 'Lost'; readonly customerId: string } & OfRequest);

/** An event as it was read. */
export type Recorded<E extends RecordEvent = RecordEvent> = E & {
  readonly version: string;
  /** Milliseconds since the epoch by the vault's clock, in whole seconds. */
  readonly created: number;
  /** Milliseconds between its writing and its reading, both by the vault's clock. */
  readonly age: number;
  readonly in: Vault['name'];
};

const required: Readonly<Record<RecordEvent['event'], readonly string[]>> = {
  Started: ['owner', 'leaseSeconds', 'fingerprint', 'country', 'culture', 'language', 'gdap', 'correlationId'],
  Succeeded: ['fingerprint', 'customerId', 'vault', 'userNameVersion', 'passwordVersion'],
  Refused: ['owner', 'code'],
  PasswordGone: [],
  Released: ['owner'],
  NotStored: ['owner', 'customerId'],
  RecoveryClaimed: ['owner', 'leaseSeconds'],
  Lost: ['customerId'],
};

/** The tags of an event. Key Vault takes 15, of 256 characters each. */
export function toTags(event: RecordEvent): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value !== undefined) tags[name === 'enableGDAPByDefault' ? 'gdap' : name] = String(value);
  }
  return tags;
}

/** The event of a version; undefined for one that is none of ours, or lacks what its kind must have. */
export function fromTags(version: SecretVersion, at: { vaultTime: number; in: Vault['name'] }): Recorded | undefined {
  const { gdap, ...tags } = version.tags;
  const kind = tags['event'] ?? '';
  const names = Object.hasOwn(required, kind) ? required[kind as RecordEvent['event']] : undefined;
  const attempt = Number(tags['attempt']);
  const complete = ['requestId', ...(names ?? [])].every((name) => version.tags[name] !== undefined);
  if (names === undefined || !complete || !Number.isInteger(attempt) || attempt < 1) return undefined;
  const leaseSeconds = Number(tags['leaseSeconds']);
  return {
    ...tags,
    attempt,
    ...(Number.isFinite(leaseSeconds) ? { leaseSeconds } : {}),
    ...(gdap === undefined ? {} : { enableGDAPByDefault: gdap === 'true' }),
    version: version.version,
    created: version.created,
    age: Math.max(0, at.vaultTime - version.created),
    in: at.in,
  } as unknown as Recorded;
}
