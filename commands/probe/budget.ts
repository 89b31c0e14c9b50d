import { NotAsked } from './probe-refusal.ts';

/** How many customers the probe may still create. */
export class Budget {
  readonly total: number;
  #spent = 0;
  #closed: string | undefined;

  constructor(total: number) {
    this.total = total;
  }

  /** Customers that were created, or may have been. */
  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return this.#closed === undefined ? this.total - this.#spent : 0;
  }

  /** Reserves one customer before it is created; throws `NotAsked` if the budget is used up. */
  take(): void {
    if (this.#closed !== undefined) throw new NotAsked(this.#closed);
    if (this.left <= 0) throw new NotAsked(`the budget of ${this.total} customers is used up (--budget)`);
    this.#spent++;
  }

  /** Releases the reservation of a customer that a refusal proved not to exist. */
  giveBack(): void {
    this.#spent--;
  }

  /** No more customers are created; the table shows the reason. */
  close(reason: string): void {
    this.#closed ??= reason;
  }
}
