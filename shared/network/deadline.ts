import { elapsedSince, now, type Moment } from './clock.ts';
import { UpstreamError, type Upstream } from './upstream-error.ts';

/** The time budget of a call, in milliseconds. Waits are shares of the total, so a shorter budget shortens all of them. */
export class Deadline {
  readonly total: number;
  readonly #start: Moment;
  readonly #length: number;

  private constructor(total: number, start: Moment, length: number) {
    this.total = total;
    this.#start = start;
    this.#length = length;
  }

  static after(milliseconds: number): Deadline {
    return new Deadline(milliseconds, now(), milliseconds);
  }

  /** Milliseconds left, never negative. */
  remaining(): number {
    return Math.max(0, this.#length - elapsedSince(this.#start));
  }

  /** Milliseconds since the start. */
  elapsed(): number {
    return elapsedSince(this.#start);
  }

  get expired(): boolean {
    return this.remaining() <= 0;
  }

  /** A fraction of the total, in milliseconds: `share(0.1)` of 200 s is 20 s. */
  share(fraction: number): number {
    return this.total * fraction;
  }

  /** A deadline with the same total that ends after this number of milliseconds, or with this deadline if that is earlier. */
  within(milliseconds: number): Deadline {
    return new Deadline(this.total, now(), Math.min(milliseconds, this.remaining()));
  }

  /** A deadline with the same total that ends this number of milliseconds earlier: the difference is a reserve. */
  keepingBack(milliseconds: number): Deadline {
    return new Deadline(this.total, now(), Math.max(0, this.remaining() - milliseconds));
  }
}

/**
 * Runs one operation until the deadline, then aborts its signal and immediately rejects with a timeout. It does not wait for the operation,
 * because some SDK calls ignore the signal, for example while an identity endpoint never responds.
 */
export async function beforeDeadline<T>(
  deadline: Deadline,
  what: { upstream: Upstream; operation: string },
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // An instance that was frozen past its deadline must not send the request.
  if (deadline.expired) throw new UpstreamError({ ...what, reason: 'timeout' });
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new UpstreamError({ ...what, reason: 'timeout' }));
      controller.abort();
    }, deadline.remaining());
  });
  try {
    return await Promise.race([operation(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
