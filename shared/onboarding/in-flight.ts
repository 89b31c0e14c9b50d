import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Onboarding } from './onboarding.ts';

/** Maximum of callers of one domain that wait at the same time; each occupies a request slot of the host. */
const mostCallers = 24;

/** The onboardings in progress on this instance: equal requests share one run, which continues after its callers disconnect. */
export class InFlight {
  readonly #flights = new Map<string, Promise<Onboarding>>();
  readonly #callers = new Map<string, number>();

  /**
   * Joins the run of this payload, or begins one. Throws `OnboardingInProgress` with `retryAfter` seconds when too many callers wait for
   * the domain, whatever their payloads.
   */
  async run(
    { domain, fingerprint }: { readonly domain: string; readonly fingerprint: string },
    retryAfter: number,
    begin: () => Promise<Onboarding>,
  ): Promise<Onboarding> {
    const waiting = this.#callers.get(domain) ?? 0;
    if (waiting >= mostCallers) throw new OnboardingError('OnboardingInProgress', { retryAfter });
    this.#callers.set(domain, waiting + 1);
    try {
      return await this.#join(`${domain} ${fingerprint}`, begin);
    } finally {
      const left = (this.#callers.get(domain) ?? 1) - 1;
      if (left > 0) this.#callers.set(domain, left);
      else this.#callers.delete(domain);
    }
  }

  #join(key: string, begin: () => Promise<Onboarding>): Promise<Onboarding> {
    const running = this.#flights.get(key);
    if (running) return running;
    const result = begin().finally(() => this.#flights.delete(key));
    this.#flights.set(key, result);
    return result;
  }

  /** Resolves when every run that is in progress now has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#flights.values());
  }
}
