import type { AuditRecord } from './audit-record.ts';
import { MinuteCounter } from './minute-counter.ts';
import { RequestLedger } from './request-ledger.ts';
import type { Tenant } from './tenant.ts';

const mostFailures = 1_000;

/** The state of the emulated service. Domains used as keys are in lower case. */
export class World {
  /** The partner's customers, by domain. */
  readonly tenants = new Map<string, Tenant>();
  readonly ledger = new RequestLedger();
  readonly minute = new MinuteCounter();
  /** Audit records of creates that were refused, the oldest dropped beyond 1,000. */
  failures: AuditRecord[] = [];
  /** Requests by operation. */
  readonly counts: Record<string, number> = {};
  #byId = new Map<string, Tenant>();
  #taken = new Set<string>();
  #creates = new Map<string, number>();

  isTaken(domain: string): boolean {
    return this.#taken.has(domain.toLowerCase());
  }

  /** Takes a domain permanently. False if it is already taken. */
  take(domain: string): boolean {
    const key = domain.toLowerCase();
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  add(tenant: Tenant): void {
    const key = tenant.domain.toLowerCase();
    this.tenants.set(key, tenant);
    this.#byId.set(tenant.customerId, tenant);
    this.#creates.set(key, this.creates(key) + 1);
  }

  /** A customer that exists, by its id. */
  find(customerId: string): Tenant | undefined {
    const tenant = this.#byId.get(customerId.toLowerCase());
    return tenant?.deletedAt === undefined ? tenant : undefined;
  }

  /** Every tenant ever created, including deleted ones, in the order of creation. */
  all(): IterableIterator<Tenant> {
    return this.#byId.values();
  }

  /** Deletes a customer; the domain stays taken and the audit log keeps the record. */
  delete(tenant: Tenant): void {
    tenant.deletedAt = Date.now();
    this.tenants.delete(tenant.domain.toLowerCase());
  }

  /** Number of tenants ever created with a domain. */
  creates(domain: string): number {
    return this.#creates.get(domain.toLowerCase()) ?? 0;
  }

  recordFailure(record: AuditRecord): void {
    this.failures.push(record);
    if (this.failures.length > mostFailures) this.failures.shift();
  }

  /** Removes every trace of a domain; for long runs. */
  forget(domain: string): void {
    const key = domain.toLowerCase();
    const tenant = this.tenants.get(key);
    if (tenant) this.#byId.delete(tenant.customerId);
    this.tenants.delete(key);
    this.#taken.delete(key);
    this.#creates.delete(key);
    this.ledger.forget(key);
    if (this.failures.length > 0) this.failures = this.failures.filter((record) => !isAbout(record, key));
  }
}

function isAbout({ customizedData }: AuditRecord, domain: string): boolean {
  return customizedData.some(({ value }) => value.toLowerCase() === domain);
}
