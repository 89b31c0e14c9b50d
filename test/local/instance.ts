import type { LogEntry, LogSink } from './host/core-types.ts';
import { startHost, type FunctionsHost, type HostOptions } from './host/functions-host.ts';
import { startHostProcess, type HostProcess } from './host/host-process.ts';
import { localKeys } from './host/keys.ts';
import type { Front } from './wire/front.ts';

export interface InstanceOptions {
  readonly name?: string;
  /** Override the stack's settings. */
  readonly env?: Readonly<Record<string, string>>;
  /** True runs it in a separate process, which can really be killed. */
  readonly process?: boolean;
  /** True gives it its own address for every emulator, so that `request.front` identifies the sender. Secret ids contain that address. */
  readonly fronts?: boolean;
  /** 0, the default, selects a free port. */
  readonly port?: number;
  readonly extra?: HostOptions['extra'];
  /** False keeps `logLines` empty, for long runs. */
  readonly keepLogs?: boolean;
}

/** One running instance of the app. */
export interface Instance {
  readonly name: string;
  readonly url: string;
  /** The settings of the instance. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logLines: readonly LogEntry[];
  /** Only for an instance in this process. */
  readonly host: FunctionsHost | undefined;
  /** Only for an instance in a separate process. */
  readonly process: HostProcess | undefined;
  /**
   * Sends a request with the local function key, unless `init` brings an `x-functions-key`; `path` as in
   * `/api/v1/customers`.
   */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Disconnects it from every emulator; its callers still reach it. Requires `fronts` for a separate process. */
  cut(): Promise<void>;
  /** Ends it at once, as kill -9 does: nothing more reaches an emulator or a caller. */
  kill(): Promise<void>;
  /** Ends it as the platform does on SIGTERM: requests in flight first, then the terminate hooks. */
  terminate(): Promise<void>;
}

/** Starts an instance in this process or in a separate one, with its own fronts of the emulators. */
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
