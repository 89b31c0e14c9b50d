import type { LogEntry, LogSink } from './host/core-types.ts';
import { startHost, type FunctionsHost, type HostOptions } from './host/functions-host.ts';
import { startHostProcess, type HostProcess } from './host/host-process.ts';
import { localKeys } from './host/keys.ts';
import type { Front } from './wire/front.ts';

export interface InstanceOptions {
  readonly name?: string;
  /** Over the stack's settings. */
  readonly env?: Readonly<Record<string, string>>;
  /** True runs it in a process of its own, which can really be killed. */
  readonly process?: boolean;
  /**
   * True gives it an address of its own for every emulator, so that `request.front` tells whose request it was.
   * Secret ids show that address.
   */
  readonly fronts?: boolean;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly extra?: HostOptions['extra'];
  /** False keeps `logLines` empty, for long runs. */
  readonly keepLogs?: boolean;
}

/** One running instance of the app. */
export interface Instance {
  readonly name: string;
  readonly url: string;
  /** The settings that it runs with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logLines: readonly LogEntry[];
  /** Only of an instance in this process. */
  readonly host: FunctionsHost | undefined;
  /** Only of an instance in a process of its own. */
  readonly process: HostProcess | undefined;
  /**
   * Sends a request with the local function key, unless `init` brings an `x-functions-key`; `path` as in
   * `/api/v1/customers`.
   */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Severs it from every emulator; its callers still reach it. Needs `fronts` when it is a process of its own. */
  cut(): Promise<void>;
  /** Ends it at once, as kill -9 does: nothing of it reaches an emulator or a caller any more. */
  kill(): Promise<void>;
  /** Ends it as the platform does on SIGTERM: requests in flight first, then the terminate hooks. */
  terminate(): Promise<void>;
}

/** Starts an instance in this process or in one of its own, with the ways in to the emulators that are its own. */
export async function startInstance(
  name: string,
  options: InstanceOptions,
  common: HostOptions,
  fronts: readonly Front[],
): Promise<Instance> {
  const logLines: LogEntry[] = [];
  const log: LogSink = (entry) => {
    if (options.keepLogs !== false) logLines.push(entry);
    common.log?.(entry);
  };
  const hostOptions = { ...common, log, port: options.port ?? 0 };
  const process = options.process ? await startHostProcess(hostOptions) : undefined;
  const host = process
    ? undefined
    : await startHost({ ...hostOptions, ...(options.extra && { extra: options.extra }) });
  const url = process?.url ?? host?.url ?? '';
  const key = common.keys ? (common.keys.function ?? '') : localKeys.function;
  const cutFronts = async (): Promise<void> => {
    await Promise.all(fronts.map((front) => front.cut()));
  };
  return {
    name,
    url,
    environment: common.env,
    logLines,
    host,
    process,
    call: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('x-functions-key')) headers.set('x-functions-key', key);
      return fetch(`${url}${path}`, { ...init, headers });
    },
    cut: async () => {
      if (process && fronts.length === 0) throw new Error(`${name} has no fronts of its own to cut`);
      host?.cut();
      await cutFronts();
    },
    kill: async () => {
      await Promise.all([process?.kill('SIGKILL'), host?.kill(), cutFronts()]);
    },
    terminate: async () => {
      await Promise.all([process?.kill('SIGTERM'), host?.terminate()]);
      await cutFronts();
    },
  };
}
