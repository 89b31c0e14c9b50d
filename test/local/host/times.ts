/** The waits of the host, in milliseconds. Tests set shorter ones; nothing else differs. */
export interface HostTimes {
  /** After SIGTERM: for requests in flight, until their connections are reset. */
  readonly drain: number;
  /** After the drain: for handlers that still run in the worker. */
  readonly worker: number;
  /** After the worker's drain: for the terminate hooks. */
  readonly hooks: number;
  /** From the end of a worker until the next one takes calls. */
  readonly restart: number;
  /** Until a request body must have arrived at the minimum rate. */
  readonly body: number;
  /** Overrides `functionTimeout` of host.json; 0 is no limit. */
  readonly functionTimeout?: number;
}

/** The times of the real host, as observed. */
export const realTimes: HostTimes = { drain: 30_000, worker: 10_000, hooks: 5_000, restart: 5_000, body: 6_000 };
