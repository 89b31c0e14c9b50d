import type { Fault, WireRequest } from './wire.ts';

/** The pending faults of an emulator; each affects `times` requests and is then removed. */
export class FaultList {
  #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Remaining number of requests. */
  get left(): number {
    return this.#faults.reduce((sum, { left }) => sum + left, 0);
  }

  /** The first fault that matches the request, counted as used. */
  take(request: WireRequest): Fault | undefined {
    const found = this.#faults.find(({ fault }) => fault.matches(request));
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#faults = this.#faults.filter((entry) => entry !== found);
    return found.fault;
  }
}
