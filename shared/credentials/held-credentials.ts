import { elapsedSince, now, sleep } from '../network/clock.ts';

/** The only copy of a new administrator's credentials, in the memory of the instance that received them. */
export interface HeldCopy {
  readonly fingerprint: string;
  readonly customerId: string | undefined;
  /** Offers the copy to the vaults once; true if it is stored or no longer needed. */
  readonly offer: () => Promise<boolean>;
}

const keepFor = 24 * 60 * 60_000;

/** The copies that this instance holds, by domain, until they are stored or superseded, or for a day. */
export class HeldCredentials {
  readonly #copies = new Map<string, { copy: HeldCopy; offering?: Promise<boolean> | undefined }>();

  find(domain: string): HeldCopy | undefined {
    return this.#copies.get(domain)?.copy;
  }

  /** Holds a copy and keeps offering it in the background; `pause`: milliseconds before the first round, growing each time. */
  hold(domain: string, copy: HeldCopy, pause: number): void {
    this.#copies.set(domain, { copy });
    void this.#keepOffering(domain, copy, pause);
  }

  /** Offers a domain's copy again; true if nothing is held any longer. Simultaneous calls share one attempt. */
  async offer(domain: string): Promise<boolean> {
    const entry = this.#copies.get(domain);
    if (!entry) return true;
    entry.offering ??= entry.copy
      .offer()
      .catch(() => false)
      .finally(() => (entry.offering = undefined));
    const done = await entry.offering;
    if (done && this.#copies.get(domain) === entry) this.#copies.delete(domain);
    return done;
  }

  /** Offers every copy again and waits: a stopping instance must not lose a copy. */
  async flush(): Promise<void> {
    // Does not wait for an offer that pauses between two rounds: the platform grants five seconds.
    const offers = [...this.#copies.values()].map(({ copy }) => copy.offer().catch(() => false));
    await Promise.all(offers);
  }

  async #keepOffering(domain: string, copy: HeldCopy, pause: number): Promise<void> {
    const since = now();
    for (let round = 0; this.find(domain) === copy; round++) {
      await sleep(Math.min(pause * 1.5 ** round, pause * 15));
      if (elapsedSince(since) > keepFor) this.#copies.delete(domain);
      else if (this.find(domain) === copy) await this.offer(domain);
    }
  }
}
