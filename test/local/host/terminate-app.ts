import type { LogSink } from './core-types.ts';
import type { WorkerApp } from './worker-app.ts';

/** Milliseconds that the platform gives to the terminate hooks. */
const grace = 5000;

/**
 * Lets what runs finish (within `drain` ms when given), then runs the terminate hooks and gives up on them after
 * five seconds.
 */
export async function terminateApp(
  app: WorkerApp,
  running: ReadonlySet<Promise<void>>,
  drain: number | undefined,
  log: LogSink,
): Promise<void> {
  const drained = Promise.allSettled(running).then(() => true);
  if (drain === undefined) await drained;
  else await within(drain, drained);
  const hooks = app.runHooks('appTerminate', { hookData: {}, appHookData: {} }).then(
    () => true,
    (error: unknown) => {
      log({ level: 'error', category: 'Host.Shutdown', message: `A terminate hook failed: ${String(error)}` });
      return true;
    },
  );
  if (!(await within(grace, hooks))) {
    log({ level: 'warning', category: 'Host.Shutdown', message: 'A terminate hook was cut off after 5 s' });
  }
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
