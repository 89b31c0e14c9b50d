import type { Reply } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** The memory of one `MS-RequestId` of a create. */
export interface LedgerEntry {
  readonly body: string;
  readonly domain: string;
  /** Resolves when the create has ended; absent afterwards. Never rejects. */
  running?: Promise<void>;
  /** The tenant, if the create succeeded. */
  tenant?: Tenant;
  /** The refusal, if it did not. */
  refusal?: Reply;
  /** When it ended, in milliseconds since the epoch. */
  endedAt: number;
}

const mostRefusals = 5_000;

/** Partner Center's memory for the idempotency key of creates. Refusals are kept up to a bound, so that long runs do not grow. */
export class RequestLedger {
  #entries = new Map<string, LedgerEntry>();
  #refusals = new Set<string>();
  #byDomain = new Map<string, Set<string>>();

  /** The entry of a request id unless it is older than `retention` milliseconds; one that is running has no age. */
  find(requestId: string, retention: number): LedgerEntry | undefined {
    const entry = this.#entries.get(requestId);
    if (!entry || entry.running) return entry;
    if (Date.now() - entry.endedAt < retention) return entry;
    this.#drop(requestId);
    return undefined;
  }

  add(requestId: string, entry: LedgerEntry): void {
    this.#entries.set(requestId, entry);
    this.#byDomain.set(entry.domain, (this.#byDomain.get(entry.domain) ?? new Set()).add(requestId));
    if (!entry.refusal) return;
    this.#refusals.add(requestId);
    const [oldest] = this.#refusals;
    if (this.#refusals.size > mostRefusals && oldest !== undefined) this.#drop(oldest);
  }

  forget(domain: string): void {
    for (const requestId of this.#byDomain.get(domain) ?? []) this.#drop(requestId);
  }

  #drop(requestId: string): void {
    const domain = this.#entries.get(requestId)?.domain ?? '';
    const others = this.#byDomain.get(domain);
    others?.delete(requestId);
    if (others?.size === 0) this.#byDomain.delete(domain);
    this.#entries.delete(requestId);
    this.#refusals.delete(requestId);
  }
}
