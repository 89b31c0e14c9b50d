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
  start: async (options: AppOptions) => {
    // Packages outside of the bundle see the environment of the process, not the one that the host makes for the app.
    Object.assign(process.env, options.env);
    host = await startHost(options);
    return host.url;
  },

  /** What this process has used so far; the heap after a collection where the process was started with --expose-gc. */
  usage: () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    return {
      cpuMilliseconds: (user + system) / 1000,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
      heapMegabytes: process.memoryUsage().heapUsed / 2 ** 20,
    };
  },
};

export type AppHandlers = typeof handlers;

serve(handlers);
