import type { ErrorCode } from '../errors/error-codes.ts';
import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Deadline } from '../network/deadline.ts';
import { retrySoon } from '../onboarding/retry-soon.ts';
import { part } from '../onboarding/workflow/time-budget.ts';

interface Places {
  /** Calls that work at the same time. */
  readonly running: number;
  /** Calls that wait until one of them ends. */
  readonly waiting: number;
}

const message = 'This instance has too many calls in progress. Send the same request again after Retry-After.';

/**
 * Limits the calls of one kind on this instance. Together the limits stay below `maxConcurrentRequests` of host.json, so that the host always
 * has a slot for `/api/health`.
 */
export class ConcurrencyLimit {
  readonly places: Places;
  readonly #code: ErrorCode;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(places: Places, code: ErrorCode) {
    this.places = places;
    this.#code = code;
  }

  /** Runs the work as soon as a place is free; throws the limit's error, with `retryAfter`, if too many calls wait or the wait is too long. */
  async run<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.places.running) this.#running += 1;
    else if (this.#waiting.size >= this.places.waiting || !(await this.#wait(part(deadline, 'queue').remaining())))
      throw new OnboardingError(this.#code, { message, retryAfter: retrySoon(deadline) });
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** True if a place became free within that many milliseconds. */
  #wait(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (gotPlace: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve(gotPlace);
      };
      const take = (): void => end(true);
      const timer = setTimeout(() => end(false), milliseconds);
      this.#waiting.add(take);
    });
  }

  /** Gives the place to the call that has waited longest. */
  #release(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#running -= 1;
  }
}

/** Calls that onboard or validate a customer. */
export const onboardingLimit = new ConcurrencyLimit({ running: 32, waiting: 96 }, 'OnboardingInProgress');

/** Calls that read: records, connection test. They have places of their own, so that operators can look while onboardings wait. */
export const readLimit = new ConcurrencyLimit({ running: 16, waiting: 32 }, 'RecordUnavailable');
