import { elapsedSince, now, type Moment } from '../network/clock.ts';

/** The starts of this instance of which every create was turned away by throttling: nothing of them can be in flight. */
export class TurnedAway {
  readonly #until = new Map<string, { since: Moment; lease: number }>();

  /** Remembers a start for as long as its lease could still be used. */
  add({ owner, leaseSeconds }: { readonly owner: string; readonly leaseSeconds: number }): void {
    this.#until.delete(owner);
    this.#until.set(owner, { since: now(), lease: leaseSeconds * 1000 });
    // In the order they came: those that are over stand first.
    for (const [known, { since, lease }] of this.#until) {
      if (elapsedSince(since) < lease) break;
      this.#until.delete(known);
    }
  }

  /** Whether a start was turned away; it is about to be used again, and no longer is one. */
  take({ owner }: { readonly owner: string }): boolean {
    return this.#until.delete(owner);
  }
}
