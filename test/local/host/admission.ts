import type { HostConfig } from './host-config.ts';

/** The host's request throttle: so many run, so many are held in all, the rest is turned away. */
export class Admission {
  #running = 0;
  #waiting: (() => void)[] = [];
  #config: Pick<HostConfig, 'maxConcurrentRequests' | 'maxOutstandingRequests'>;

  constructor(config: Pick<HostConfig, 'maxConcurrentRequests' | 'maxOutstandingRequests'>) {
    this.#config = config;
  }

  /**
   * Waits for a turn; false at once when more requests are outstanding than `maxOutstandingRequests` (which counts
   * the running ones).
   */
  async enter(): Promise<boolean> {
    const { maxConcurrentRequests, maxOutstandingRequests } = this.#config;
    const outstanding = this.#running + this.#waiting.length;
    if (maxOutstandingRequests >= 0 && outstanding >= maxOutstandingRequests) return false;
    if (maxConcurrentRequests >= 0 && this.#running >= maxConcurrentRequests) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return true;
    }
    this.#running += 1;
    return true;
  }

  /** Hands the turn to the request that has waited longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
