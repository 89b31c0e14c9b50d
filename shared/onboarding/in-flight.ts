import { sleep } from '../network/clock.ts';
import type { OnboardingResult } from './onboard.ts';
import { inProgress } from './open-outcomes.ts';
import type { Run } from './run.ts';

interface Flight {
  readonly fingerprint: string;
  readonly result: Promise<OnboardingResult>;
  /** Resolves when it turns out that there is more to do than to answer from the record. */
  readonly atWork: Promise<void>;
}

/** The onboardings that this instance is at work on: equal requests share one, and it goes on when its callers have gone. */
export class InFlight {
  readonly #flights = new Map<string, Flight>();

  /** Joins the run of the same payload, or begins one. Another payload for the domain waits for a replay to end, and for nothing else. */
  async run(
    run: Run,
    begin: (run: Run, tellAtWork: () => void) => Promise<OnboardingResult>,
  ): Promise<OnboardingResult> {
    const { domain, fingerprint } = run;
    for (let running = this.#flights.get(domain); running; running = this.#flights.get(domain)) {
      if (running.fingerprint === fingerprint) return running.result;
      const replayed = running.result.then(
        () => true,
        () => true,
      );
      const late = sleep(run.deadline.share(0.02)).then(() => false);
      if (!(await Promise.race([replayed, running.atWork.then(() => false), late]))) throw inProgress(run, 0);
    }
    let tellAtWork = (): void => undefined;
    const atWork = new Promise<void>((resolve) => (tellAtWork = resolve));
    const result = begin(run, tellAtWork).finally(() => this.#flights.delete(domain));
    this.#flights.set(domain, { fingerprint, result, atWork });
    return result;
  }

  /** Resolves when every run that is under way now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#flights.values()].map(({ result }) => result));
  }
}
