import type { AppHandlers } from './processes/app.ts';
import type { BareHandlers } from './processes/bare.ts';
import { startProcess, type Remote } from './processes/remote.ts';
import type { UpstreamHandlers } from './processes/upstreams.ts';

/** The emulators in a separate process, and the settings with their addresses. */
export interface BenchRig {
  readonly upstreams: Remote<UpstreamHandlers>;
  readonly env: Readonly<Record<string, string>>;
  /** The same settings for https; an app's process needs them from its start. */
  readonly secureEnv: Readonly<Record<string, string>>;
  /** The fraction of the measurements to run: 1 is all. */
  readonly share: number;
}

/** The folder of the process files. */
export const processes = new URL('processes/', import.meta.url);

/** Starts the emulators. */
export async function startRig(share: number): Promise<BenchRig> {
  const upstreams = await startProcess<UpstreamHandlers>(new URL('upstreams.ts', processes));
  return { upstreams, env: await upstreams.call('start'), secureEnv: await upstreams.call('secure'), share };
}

/** A process that is ready to load an app, with a callable garbage collector. */
export function startAppProcess(env: BenchRig['env'] = {}): Promise<Remote<AppHandlers>> {
  return startProcess<AppHandlers>(new URL('app.ts', processes), { flags: ['--expose-gc'], env });
}

/** The same without flags: V8 accepts only code that was compiled under the same flags. */
export function startPlainProcess(env: BenchRig['env']): Promise<Remote<AppHandlers>> {
  return startProcess<AppHandlers>(new URL('app.ts', processes), { env });
}

/** A process for the bare script. */
export function startBareProcess(): Promise<Remote<BareHandlers>> {
  return startProcess<BareHandlers>(new URL('bare.ts', processes));
}

/** At least two, and `count` when everything is measured. */
export function scaled({ share }: BenchRig, count: number): number {
  return Math.max(2, Math.round(count * share));
}
