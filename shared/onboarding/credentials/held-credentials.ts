import { backgroundLog } from '../../log/log.ts';
import { elapsedSince, now, sleep } from '../../network/clock.ts';
import { Deadline } from '../../network/deadline.ts';
import { recordSuccess, type Onboarded } from '../onboarded.ts';
import type { DomainRun } from '../run.ts';
import { leaseLeft, type Held } from './held.ts';
import { maySaveLate } from './save-late.ts';
import { storeCredentials } from './store-credentials.ts';

const keepFor = 24 * 60 * 60_000;
const longestPause = 5 * 60 * 60_000;

/** The copies that this instance holds, by domain. They leave it by being stored, by being superseded, or after a day. */
export class HeldCredentials {
  readonly #copies = new Map<string, { held: Held; run: DomainRun }>();

  find(domain: string): Held | undefined {
    return this.#copies.get(domain)?.held;
  }

  hold(held: Held, run: DomainRun): void {
    this.#copies.set(run.domain, { held, run });
  }

  /** Offers every copy once more and waits for the answers: an instance that is told to stop must not take a copy with it. */
  async flush(): Promise<void> {
    const copies = [...this.#copies.values()];
    // Not behind a save that pauses between two rounds: the platform grants five seconds.
    await Promise.all(copies.map(({ held, run }) => this.#save(held, inBackground(run)).catch(() => undefined)));
  }

  /**
   * Stores a copy and closes the onboarding; undefined when no vault takes it now. Past its lease it looks at the record first: a reset
   * may have begun meanwhile, and then the copy is worthless. Calls side by side share one attempt.
   */
  save(held: Held, run: DomainRun): Promise<Onboarded | undefined> {
    held.saving ??= this.#save(held, run).finally(() => (held.saving = undefined));
    return held.saving;
  }

  async #save(held: Held, run: DomainRun): Promise<Onboarded | undefined> {
    if (leaseLeft(held) <= 0) {
      const verdict = await maySaveLate(held, run);
      if (verdict === 'superseded') this.#copies.delete(run.domain);
      if (verdict !== 'yes') return undefined;
    }
    // A little is kept back for the record: that it is stored, or that it is not.
    const deadline = run.deadline.keepingBack(run.deadline.share(0.04)).within(leaseLeft(held));
    const stored = await storeCredentials(run.vaults, held.credentials, { ...run, deadline });
    if (!stored) return undefined;
    this.#copies.delete(run.domain);
    return recordSuccess(run, held.created, stored);
  }

  /** Goes on offering a copy to every vault, in the background, until it is stored or has lost its worth. */
  async keepOffering(held: Held, run: DomainRun): Promise<void> {
    const since = now();
    const total = run.deadline.total;
    let late = 0;
    for (let round = 0; this.find(run.domain) === held && elapsedSince(since) < keepFor; round++) {
      // Within the lease every few seconds; later less and less often, because each try then adds to the record.
      const soon = Math.min(total * 0.02 * 1.5 ** round, total * 0.15);
      await sleep(leaseLeft(held) > 0 ? soon : Math.min(held.leaseSeconds * 1000 * 2 ** late++, longestPause));
      if (this.find(run.domain) === held) await this.save(held, inBackground(run)).catch(() => undefined);
    }
    if (this.find(run.domain) === held) this.#copies.delete(run.domain);
  }
}

function inBackground(run: DomainRun): DomainRun {
  return { ...run, deadline: Deadline.after(run.deadline.total), log: backgroundLog };
}
