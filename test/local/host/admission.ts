import type { HostConfig } from './host-config.ts';

/** The host's request throttle: limits the running requests and the queue, and rejects the rest. */
export class Admission {
  #running = 0;
  #waiting: (() => void)[] = [];
  #config: Pick<HostConfig, 'maxConcurrentRequests' | 'maxOutstandingRequests'>;

  constructor(config: Pick<HostConfig, 'maxConcurrentRequests' | 'maxOutstandingRequests'>) {
    this.#config = config;
  }

  /** Waits for a slot; false at once if `maxOutstandingRequests`, which counts running and queued requests, is reached. */
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

  /** Passes the slot to the request that has waited longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
