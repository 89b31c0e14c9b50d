import type { Reply } from './reply.ts';

const minute = 60_000;

/** Counts the requests of a minute that begins with the first of them; requests over the limit get the gateway's 429. */
export class MinuteCounter {
  #begun = 0;
  #count = 0;

  take(limit: number): Reply | undefined {
    const now = Date.now();
    if (now - this.#begun >= minute || now < this.#begun) {
      this.#begun = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > limit ? throttle(Math.max(1, Math.ceil((this.#begun + minute - now) / 1000))) : undefined;
  }
}

/** A 429 of the gateway. `retryAfter` in seconds; without it the header is absent. */
export function throttle(retryAfter?: number): Reply {
  const description = `Rate limit is exceeded. Try again in ${retryAfter ?? 'some'} seconds.`;
  return {
    status: 429,
    error: { code: 429, description, shape: 'C' },
    ...(retryAfter !== undefined && { headers: { 'Retry-After': String(retryAfter) } }),
  };
}
