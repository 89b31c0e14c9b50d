import { elapsedSince, now, type Moment } from './clock.ts';
import { UpstreamError, type Upstream } from './upstream-error.ts';

/** The time that a call has, in milliseconds; parts of it scale with the whole, so that short settings give short waits everywhere. */
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

  /** Milliseconds since it began to run. */
  elapsed(): number {
    return elapsedSince(this.#start);
  }

  get expired(): boolean {
    return this.remaining() <= 0;
  }

  /** A share of the whole, in milliseconds: `share(0.1)` of 200 s is 20 s. */
  share(fraction: number): number {
    return this.total * fraction;
  }

  /** A deadline that keeps the scale of this one and ends after that many milliseconds, or with this one if that is earlier. */
  within(milliseconds: number): Deadline {
    return new Deadline(this.total, now(), Math.min(milliseconds, this.remaining()));
  }

  /** A deadline that keeps the scale of this one and ends that many milliseconds before it. */
  keepingBack(milliseconds: number): Deadline {
    return new Deadline(this.total, now(), Math.max(0, this.remaining() - milliseconds));
  }
}

/**
 * Runs one operation until the deadline: aborts its signal then and rejects with a timeout at once, because not every SDK call heeds
 * its signal (an identity endpoint that never answers outlives it).
 */
export async function beforeDeadline<T>(
  deadline: Deadline,
  what: { upstream: Upstream; operation: string },
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // An instance that was frozen past its deadline must not send what it had in mind then.
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
