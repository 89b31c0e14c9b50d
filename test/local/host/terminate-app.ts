import type { LogSink } from './core-types.ts';
import type { HostTimes } from './times.ts';
import type { WorkerApp } from './worker-app.ts';

/**
 * Does what the host does on SIGTERM: waits `drain` ms for requests in flight, then resets their connections; waits `worker` ms more for
 * handlers that still run; then runs the terminate hooks for at most `hooks` ms.
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
