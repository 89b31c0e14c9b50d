import { OnboardingError } from '../errors/onboarding-error.ts';
import type { OnboardingResult } from './onboard.ts';

interface Flight {
  readonly fingerprint: string;
  readonly result: Promise<OnboardingResult>;
}

/** The onboardings that this instance is at work on: equal requests share one, and it goes on when its callers have gone. */
export class InFlight {
  readonly #flights = new Map<string, Flight>();

  /** Joins the run of the same payload, or begins one; another payload for the domain has to wait. */
  run(domain: string, fingerprint: string, begin: () => Promise<OnboardingResult>): Promise<OnboardingResult> {
    const running = this.#flights.get(domain);
    if (running?.fingerprint === fingerprint) return running.result;
    if (running) return Promise.reject(new OnboardingError('OnboardingInProgress', { retryAfter: 10 }));
    const result = begin().finally(() => this.#flights.delete(domain));
    this.#flights.set(domain, { fingerprint, result });
    return result;
  }

  /** Resolves when every run that is under way now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#flights.values()].map(({ result }) => result));
  }
}
