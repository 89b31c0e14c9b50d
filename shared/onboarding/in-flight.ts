import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Onboarding } from './onboarding.ts';

/** Maximum of callers that share one run; each occupies a request slot of the host. */
const mostCallers = 24;

interface Flight {
  readonly result: Promise<Onboarding>;
  callers: number;
}

/** The onboardings in progress on this instance: equal requests share one run, which continues after its callers disconnect. */
export class InFlight {
  readonly #flights = new Map<string, Flight>();

  /** Joins the run with this key, or starts one. Throws `OnboardingInProgress` with `retryAfter` seconds if too many have joined. */
  async run(key: string, retryAfter: number, begin: () => Promise<Onboarding>): Promise<Onboarding> {
    const running = this.#flights.get(key);
    if (running) {
      if (running.callers >= mostCallers) throw new OnboardingError('OnboardingInProgress', { retryAfter });
      running.callers += 1;
      return running.result;
    }
    const result = begin().finally(() => this.#flights.delete(key));
    this.#flights.set(key, { result, callers: 1 });
    return result;
  }

  /** Resolves when every run that is in progress now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#flights.values()].map(({ result }) => result));
  }
}
