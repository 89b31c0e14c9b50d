import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ProbeRefusal } from './probe-refusal.ts';

/** A customer that the probe has created or may have created: the id is missing until Partner Center has returned it. */
export interface JournalEntry {
  readonly domain: string;
  readonly customerId?: string;
}

/**
 * The customers that the probe must delete, on disk before they exist, so that the next run cleans up after an interrupted one. Holds the partner
 * tenant's id, domains and customer ids; never a credential.
 */
export class Journal {
  readonly path: string;
  readonly #partner: string | undefined;
  #entries: readonly JournalEntry[];

  /** Opens the journal of a partner tenant; throws `ProbeRefusal` if it is unreadable or belongs to another partner tenant. */
  constructor(path: string, partner: string | undefined) {
    this.path = path;
    this.#partner = partner;
    const kept = existsSync(path) ? readJournal(path) : { partner, customers: [] };
    if (kept.customers.length > 0 && kept.partner !== partner) {
      throw new ProbeRefusal(
        `${path} lists customers of another partner tenant. Run there, or name another --journal.`,
      );
    }
    this.#entries = kept.customers;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Records a domain before its create is sent. */
  add(domain: string): void {
    this.#write([...this.#entries, { domain }]);
  }

  /** Records the id of a domain's customer. */
  identify(domain: string, customerId: string): void {
    if (this.#entries.some((entry) => entry.customerId === customerId)) return;
    const unnamed = this.#entries.find((entry) => entry.domain === domain && entry.customerId === undefined);
    this.#write([...this.#entries.filter((entry) => entry !== unnamed), { domain, customerId }]);
  }

  /** Removes a customer that is deleted or was never created. */
  remove({ domain, customerId }: JournalEntry): void {
    const gone = (entry: JournalEntry): boolean =>
      entry.domain === domain && (entry.customerId === undefined || entry.customerId === customerId);
    this.#write(this.#entries.filter((entry) => !gone(entry)));
  }

  #write(entries: readonly JournalEntry[]): void {
    this.#entries = entries;
    if (entries.length === 0) return rmSync(this.path, { force: true });
    const text = JSON.stringify({ partner: this.#partner, customers: entries }, undefined, 2);
    // Renamed into place, so that a kill leaves either the old journal or the new one.
    writeFileSync(`${this.path}.tmp`, `${text}\n`, { mode: 0o600 });
    renameSync(`${this.path}.tmp`, this.path);
  }
}

function readJournal(path: string): { partner: string | undefined; customers: JournalEntry[] } {
  try {
    const { partner, customers } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    if (!Array.isArray(customers)) throw new TypeError('no list');
    return { partner: typeof partner === 'string' ? partner : undefined, customers: customers.map(readEntry) };
  } catch {
    throw new ProbeRefusal(
      `${path} cannot be read as a journal. Look at it, and move it away or name another --journal.`,
    );
  }
}

function readEntry(value: unknown): JournalEntry {
  const { domain, customerId } = value as Record<string, unknown>;
  // Both become part of a URL that deletes.
  if (typeof domain !== 'string' || !/^[\w.-]+$/.test(domain)) throw new TypeError('no domain');
  if (customerId === undefined) return { domain };
  if (typeof customerId !== 'string' || !/^[\w-]+$/.test(customerId)) throw new TypeError('no customer id');
  return { domain, customerId };
}
