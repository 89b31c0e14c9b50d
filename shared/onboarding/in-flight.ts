import { sleep } from '../network/clock.ts';
import type { OnboardingResult } from './onboard.ts';
import { inProgress } from './open-outcomes.ts';
import type { Run } from './run.ts';

interface Flight {
  readonly fingerprint: string;
  readonly result: Promise<OnboardingResult>;
}

/** The onboardings that this instance is at work on: equal requests share one, and it goes on when its callers have gone. */
export class InFlight {
  readonly #flights = new Map<string, Flight>();

  /** Joins the run of the same payload, or begins one. Another payload for the domain waits a moment, for what only replays ends soon. */
  async run(run: Run, begin: (run: Run) => Promise<OnboardingResult>): Promise<OnboardingResult> {
    const { domain, fingerprint } = run;
    const until = run.deadline.within(run.deadline.share(0.02));
    for (let running = this.#flights.get(domain); running; running = this.#flights.get(domain)) {
      if (running.fingerprint === fingerprint) return running.result;
      if (until.remaining() <= 0) throw inProgress(run, 0);
      await Promise.race([running.result.catch(() => undefined), sleep(until.remaining())]);
    }
    const result = begin(run).finally(() => this.#flights.delete(domain));
    this.#flights.set(domain, { fingerprint, result });
    return result;
  }

  /** Resolves when every run that is under way now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#flights.values()].map(({ result }) => result));
  }
}
