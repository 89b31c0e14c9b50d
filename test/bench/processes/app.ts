import { startHost, type FunctionsHost } from '../../local/host/functions-host.ts';
import { serve } from './remote.ts';

export interface AppOptions {
  /** Where package.json, host.json and the build are. */
  readonly appRoot: string;
  readonly env: Readonly<Record<string, string>>;
}

let host: FunctionsHost | undefined;

const handlers = {
  /** Loads the app and listens; gives the address. The worker of Azure is just as ready before it is told which app it is. */
  start: async ({ appRoot, env }: AppOptions): Promise<string> => {
    // Packages outside of the bundle see the environment of the process, not the one that the host makes for the app.
    Object.assign(process.env, env);
    host = await startHost({ appRoot, env });
    return host.url;
  },

  /** Milliseconds of the processor that this process has used. */
  cpu: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },

  /** Megabytes: the heap after a collection, and the most that the process ever held. */
  memory: (): { heap: number; peak: number } => {
    globalThis.gc?.();
    return { heap: process.memoryUsage().heapUsed / 2 ** 20, peak: process.resourceUsage().maxRSS / 2 ** 10 };
  },
};

export type AppHandlers = typeof handlers;

serve(handlers);
