// Loaded first, this makes the clocks and timers of a process run faster by the factor in BENCH_CLOCK_SPEED. Processes
// with the same BENCH_CLOCK_ORIGIN (milliseconds since the epoch) have the same time.
const speed = Number(process.env['BENCH_CLOCK_SPEED'] ?? 1);
const origin = Number(process.env['BENCH_CLOCK_ORIGIN'] ?? Date.now());

const RealDate = Date;
const realNow = performance.now.bind(performance);
const realSetTimeout = setTimeout;
const realSetInterval = setInterval;

const now = (): number => origin + (RealDate.now() - origin) * speed;

globalThis.Date = new Proxy(RealDate, {
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  construct: (target, values: number[]) =>
    values.length === 0 ? new target(now()) : new target(...(values as [number])),
});
performance.now = () => realNow() * speed;
globalThis.setTimeout = Object.assign(
  (callback: () => void, delay = 0, ...values: []) => realSetTimeout(callback, delay / speed, ...values),
  realSetTimeout,
);
globalThis.setInterval = Object.assign(
  (callback: () => void, delay = 0, ...values: []) => realSetInterval(callback, delay / speed, ...values),
  realSetInterval,
);
