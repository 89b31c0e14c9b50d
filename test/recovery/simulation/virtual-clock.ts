import { currentMachine, type Machine } from './machine.ts';

interface Entry {
  at: number;
  readonly order: number;
  machine: Machine | undefined;
  run: () => void;
  cancelled: boolean;
}

/** Loop turns without an event after which nothing is on its way any more: loopback delivers within one. */
const quietTurns = 3;
const turn = setImmediate;
const nothing = (): void => undefined;

/**
 * A clock that jumps: it stands still while anything in the process is at work, and goes to the next timer as soon as all of it waits.
 * Hours pass in seconds, and how fast the machine is plays no part, so a seed replays.
 */
export class VirtualClock {
  /** Virtual milliseconds since the start. */
  now = 0;
  #heap: Entry[] = [];
  #order = 0;
  #cancelled = 0;
  #pumping = false;

  /** Runs `run` in that many virtual milliseconds; gives the entry by which it can be cancelled. */
  add(delay: number, run: () => void): Entry {
    const wait = Number.isFinite(delay) && delay > 1 ? Math.min(delay, 2 ** 31) : 1;
    const entry = { at: this.now + wait, order: this.#order++, machine: currentMachine(), run, cancelled: false };
    this.#push(entry);
    this.#pump();
    return entry;
  }

  /** A cancelled timer lets go of what it holds; when most of them are cancelled they are swept out. */
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

  /** Forgets every timer: whoever waits for one waits for ever. */
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

  /** Goes to the next timer and runs it. A timer of a frozen machine is put off until it thaws. */
  #fire(): void {
    for (let entry = this.#pop(); entry; entry = this.#pop()) {
      if (entry.cancelled) {
        this.#cancelled = Math.max(0, this.#cancelled - 1);
        continue;
      }
      // What was killed never wakes.
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
