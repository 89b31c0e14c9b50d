import { startHost, type FunctionsHost } from '../../local/host/functions-host.ts';
import { serve } from './remote.ts';

export interface AppOptions {
  /** The folder of package.json, host.json and the build. */
  readonly appRoot: string;
  readonly env: Readonly<Record<string, string>>;
}

let host: FunctionsHost | undefined;

const handlers = {
  /** Loads the app and listens; returns the address. Azure's worker is equally warm before it is assigned an app. */
  start: async ({ appRoot, env }: AppOptions): Promise<string> => {
    // Packages outside the bundle read the environment of the process, not the one that the host makes for the app.
    Object.assign(process.env, env);
    host = await startHost({ appRoot, env });
    return host.url;
  },

  /** Processor time of this process in milliseconds. */
  cpu: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },

  /** Megabytes: the heap after a collection, and the peak of the process. */
  memory: (): { heap: number; peak: number } => {
    globalThis.gc?.();
    return { heap: process.memoryUsage().heapUsed / 2 ** 20, peak: process.resourceUsage().maxRSS / 2 ** 10 };
  },
};

export type AppHandlers = typeof handlers;

serve(handlers);
