import { currentMachine, type Machine } from './machine.ts';

interface Entry {
  at: number;
  readonly order: number;
  machine: Machine | undefined;
  run: () => void;
  cancelled: boolean;
}

/** Event-loop turns without an event after which nothing is in flight: loopback delivers within one. */
const quietTurns = 3;
const turn = setImmediate;
const nothing = (): void => undefined;

/**
 * A clock that jumps: it stands still while anything in the process is running, and moves to the next timer as soon as everything waits. Hours pass
 * in seconds, and the speed of the machine does not matter, so a seed replays.
 */
export class VirtualClock {
  /** Virtual milliseconds since the start. */
  now = 0;
  #heap: Entry[] = [];
  #order = 0;
  #cancelled = 0;
  #pumping = false;

  /** Runs `run` after that many virtual milliseconds; returns the entry that cancels it. */
  add(delay: number, run: () => void): Entry {
    const wait = Number.isFinite(delay) && delay > 1 ? Math.min(delay, 2 ** 31) : 1;
    const entry = { at: this.now + wait, order: this.#order++, machine: currentMachine(), run, cancelled: false };
    this.#push(entry);
    this.#pump();
    return entry;
  }

  /** A cancelled timer releases its references; once most timers are cancelled, they are removed. */
  cancel(entry: Entry): void {
    if (entry.cancelled) return;
    Object.assign(entry, { cancelled: true, run: nothing, machine: undefined });
    this.#cancelled += 1;
    if (this.#cancelled < 1000 || this.#cancelled < this.#heap.length / 2) return;
    const left = this.#heap.filter(({ cancelled }) => !cancelled);
    this.#heap = [];
    this.#cancelled = 0;
    for (const one of left) this.#push(one);
  }

  /** Drops every timer: code that waits for one never resumes. */
  clear(): void {
    this.#heap = [];
    this.#cancelled = 0;
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    let seen = -1;
    let quiet = 0;
    const step = (): void => {
      const { events } = performance.nodeTiming.uvMetricsInfo;
      quiet = events === seen ? quiet + 1 : 0;
      seen = events;
      if (quiet >= quietTurns) {
        quiet = 0;
        this.#fire();
      }
      if (this.#heap.length > 0) turn(step);
      else this.#pumping = false;
    };
    turn(step);
  }

  /** Moves to the next timer and runs it. A timer of a frozen machine is postponed until the machine thaws. */
  #fire(): void {
    for (let entry = this.#pop(); entry; entry = this.#pop()) {
      if (entry.cancelled) {
        this.#cancelled = Math.max(0, this.#cancelled - 1);
        continue;
      }
      // A killed machine never resumes.
      if (entry.machine?.frozenUntil === Infinity) continue;
      if (entry.machine && entry.machine.frozenUntil > entry.at) {
        entry.at = entry.machine.frozenUntil;
        this.#push(entry);
        continue;
      }
      this.now = Math.max(this.now, entry.at);
      entry.run();
      return;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent])) break;
      heap[index] = heap[parent] as Entry;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child])) child += 1;
      if (child >= heap.length || !isBefore(heap[child] as Entry, last)) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(one: Entry, other: Entry | undefined): boolean {
  return other !== undefined && (one.at < other.at || (one.at === other.at && one.order < other.order));
}
