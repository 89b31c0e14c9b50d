import type { LogSink } from './core-types.ts';
import type { HostTimes } from './times.ts';
import type { WorkerApp } from './worker-app.ts';

/**
 * What the host does on SIGTERM: requests in flight get `drain` ms, then `reset` ends their connections; handlers that still run get `worker`
 * ms more; then the terminate hooks run for `hooks` ms at most.
 */
export async function terminateApp(
  app: WorkerApp,
  running: ReadonlySet<Promise<void>>,
  times: Pick<HostTimes, 'drain' | 'worker' | 'hooks'>,
  { reset, log }: { readonly reset: () => void; readonly log: LogSink },
): Promise<void> {
  const say = (level: 'error' | 'warning', message: string): void => log({ level, category: 'Host.Shutdown', message });
  const ended = Promise.allSettled(running).then(() => true);
  if (!(await within(times.drain, ended))) {
    say('warning', `Requests still in flight were reset after ${times.drain} ms`);
    reset();
    if (!(await within(times.worker, ended))) {
      say('warning', `The worker did not drain within ${times.worker} ms`);
    }
  }
  const hooks = app.runHooks('appTerminate', { hookData: {}, appHookData: {} }).then(
    () => true,
    (error: unknown) => {
      say('error', `A terminate hook failed: ${String(error)}`);
      return true;
    },
  );
  if (!(await within(times.hooks, hooks))) say('warning', `A terminate hook was cut off after ${times.hooks} ms`);
}

async function within(milliseconds: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
