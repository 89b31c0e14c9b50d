import { clouds } from '../../shared/settings/clouds.ts';
import type { LogEntry, LogSink } from './host/core-types.ts';
import type { HostOptions } from './host/functions-host.ts';
import { startInstance, type Instance, type InstanceOptions } from './instance.ts';
import { secureUpstreams, type SecureUpstreams } from './secure-upstreams.ts';
import { listServers, readEnvironment, startUpstreams, type UpstreamOptions, type Upstreams } from './upstreams.ts';
import type { EmulatorServer } from './wire/emulator-server.ts';
import type { Front } from './wire/front.ts';

export interface StackOptions extends UpstreamOptions, Pick<HostOptions, 'appRoot' | 'keys' | 'easyAuth'> {
  /** Settings that override the computed ones, for every instance. */
  readonly settings?: Readonly<Record<string, string>>;
  /** True serves the upstreams over https, which instances in separate processes trust. */
  readonly secure?: boolean;
  /** False keeps `logLines` empty, for long runs. */
  readonly keepLogs?: boolean;
  /** Receives the log lines of every instance. */
  readonly log?: LogSink;
}

/** The whole environment of the app on loopback: the emulators, and any number of instances of the app. */
export interface Stack extends Upstreams {
  /** The settings of the instances. */
  readonly environment: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, EmulatorServer>>;
  readonly instances: readonly Instance[];
  /** The log lines of all instances so far. */
  readonly logLines: readonly LogEntry[];
  /** Only for a secure stack. */
  readonly secured: SecureUpstreams | undefined;
  startInstance(options?: InstanceOptions): Promise<Instance>;
  /** Kills the instances and closes the emulators. */
  close(): Promise<void>;
}

/** Starts every emulator with random partner secrets; instances are started on it one by one. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const upstreams = await startUpstreams(options);
  const servers = listServers(upstreams);
  const { vaultResource } = clouds[options.cloud ?? 'global'];
  const secured = options.secure ? await secureUpstreams(servers, vaultResource) : undefined;
  const addresses = secured?.urls ?? readUrls(servers);
  const environmentAt = (urls: Record<string, string>): Record<string, string> => ({
    ...readEnvironment(upstreams, options, urls),
    ...secured?.environment,
    ...options.settings,
  });
  const instances: Instance[] = [];
  const logLines: LogEntry[] = [];
  const log: LogSink = (entry) => {
    if (options.keepLogs !== false) logLines.push(entry);
    options.log?.(entry);
  };
  const kept = options.keepLogs === undefined ? {} : { keepLogs: options.keepLogs };
  let count = 0;

  return {
    ...upstreams,
    environment: environmentAt(addresses),
    servers,
    instances,
    logLines,
    secured,
    startInstance: async (own = {}) => {
      const name = own.name ?? `instance-${++count}`;
      const fronts = own.fronts ? await openFronts(servers, name) : {};
      const env = { ...environmentAt({ ...addresses, ...readUrls(fronts) }), ...own.env };
      const { appRoot, keys, easyAuth } = options;
      const host = { env, log, ...(appRoot && { appRoot }), ...(keys && { keys }), ...(easyAuth && { easyAuth }) };
      const instance = await startInstance(name, { ...kept, ...own }, host, Object.values(fronts));
      instances.push(instance);
      return instance;
    },
    close: async () => {
      await Promise.all(instances.map((instance) => instance.kill()));
      await Promise.all([secured?.remove(), ...Object.values(servers).map((server) => server.close())]);
    },
  };
}

function readUrls(places: Readonly<Record<string, { readonly url: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(places).map(([name, { url }]) => [name, url]));
}

async function openFronts(servers: Record<string, EmulatorServer>, name: string): Promise<Record<string, Front>> {
  const opened = Object.entries(servers).map(async ([key, server]) => [key, await server.openFront(name)] as const);
  return Object.fromEntries(await Promise.all(opened));
}
