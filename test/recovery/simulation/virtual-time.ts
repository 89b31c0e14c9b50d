import { AsyncResource } from 'node:async_hooks';
import { currentMachine } from './machine.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * Importing this file first switches a whole process to virtual time: `Date`, `performance.now`, `setTimeout`, `setInterval` and
 * `AbortSignal.timeout`, for all code that reads them as globals, including the app's bundle and the emulators. Node's own timers (keep-alive, for
 * one) stay on real time.
 */
export const clock = new VirtualClock();

const RealDate = Date;
/** A Monday morning, the same in every run. */
const epoch = RealDate.UTC(2026, 8, 7, 8);
const wallTime = (): number => Math.floor(epoch + clock.now + (currentMachine()?.wallOffset ?? 0));

class VirtualDate extends RealDate {
  constructor(...values: unknown[]) {
    super(...((values.length === 0 ? [wallTime()] : values) as [number]));
  }

  static override now(): number {
    return wallTime();
  }
}

type Timer = ReturnType<VirtualClock['add']>;
const timers = new WeakMap<object, Timer>();

function createHandle(start: () => Timer): object {
  const handle = {
    ref: () => handle,
    unref: () => handle,
    hasRef: () => true,
    refresh: () => {
      stop(handle);
      timers.set(handle, start());
      return handle;
    },
    close: () => stop(handle),
    [Symbol.dispose ?? Symbol()]: () => stop(handle),
  };
  timers.set(handle, start());
  return handle;
}

function stop(handle: unknown): void {
  const timer = typeof handle === 'object' && handle !== null ? timers.get(handle) : undefined;
  if (timer) clock.cancel(timer);
}

type Callback = (...values: unknown[]) => void;

function setVirtualTimeout(callback: Callback, delay = 1, ...values: unknown[]): object {
  return createHandle(() => clock.add(delay, () => callback(...values)));
}

function setVirtualInterval(callback: Callback, delay = 1, ...values: unknown[]): object {
  // Every tick runs on the machine that set the interval: it follows that machine's clocks and freezes with it.
  const tick = AsyncResource.bind((): void => {
    timers.set(handle, clock.add(delay, tick));
    callback(...values);
  });
  const handle: object = createHandle(() => clock.add(delay, tick));
  return handle;
}

function timeoutSignal(delay: number): AbortSignal {
  const controller = new AbortController();
  setVirtualTimeout(() => controller.abort(new DOMException('The time is up', 'TimeoutError')), delay);
  return controller.signal;
}

Object.assign(globalThis, {
  Date: VirtualDate,
  setTimeout: setVirtualTimeout,
  setInterval: setVirtualInterval,
  clearTimeout: stop,
  clearInterval: stop,
});
Object.assign(AbortSignal, { timeout: timeoutSignal });
Object.defineProperty(performance, 'now', {
  value: () => clock.now - (currentMachine()?.monotonicLag ?? 0),
  configurable: true,
});

/** Waits that many virtual milliseconds. */
export function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setVirtualTimeout(() => resolve(), milliseconds));
}
