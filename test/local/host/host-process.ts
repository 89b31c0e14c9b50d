import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '../bundle-script.ts';
import type { LogEntry, LogSink } from './core-types.ts';
import { repositoryRoot } from './functions-host.ts';
import type { HostProcessOptions } from './run-host.ts';

export interface HostProcess {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything the instance logged so far. */
  readonly logLines: readonly LogEntry[];
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** SIGTERM, the default, waits for requests and terminate hooks; SIGKILL does not. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

const runHost = fileURLToPath(new URL('run-host.ts', import.meta.url));

/** Starts a host in its own process, for tests that kill it. Rejects if it ends before it is ready. */
export async function startHostProcess(options: HostProcessOptions & { readonly log?: LogSink }): Promise<HostProcess> {
  const { log, ...handedOver } = options;
  const child = spawn(process.execPath, [await bundleScript(runHost)], {
    cwd: repositoryRoot,
    // The packaged app runs with the globals of the process, as in Azure, so the process gets the app's environment.
    env: { ...options.env, PATH: process.env['PATH'], LOCAL_HOST_OPTIONS: JSON.stringify(handedOver) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const logLines: LogEntry[] = [];
  const record = (entry: LogEntry): void => {
    logLines.push(entry);
    log?.(entry);
  };
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  let ready: ((port: number) => void) | undefined;
  const port = new Promise<number>((resolve) => (ready = resolve));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const entry = parseLine(line);
    if ('port' in entry) ready?.(entry.port);
    else record(entry);
  });
  createInterface({ input: child.stderr }).on('line', (message) => {
    record({ level: 'error', category: 'Host.Process', message });
  });
  child.stdin.on('error', () => {});
  const started = await Promise.race([port, exited]);
  if (typeof started !== 'number') {
    throw new Error(`The host process ended before it was ready: ${logLines.map((line) => line.message).join('\n')}`);
  }
  return {
    url: `http://127.0.0.1:${started}`,
    port: started,
    pid: child.pid ?? 0,
    logLines,
    exited,
    kill: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await exited;
    },
  };
}

function parseLine(line: string): LogEntry | { readonly port: number } {
  try {
    return JSON.parse(line) as LogEntry | { readonly port: number };
  } catch {
    return { level: 'information', category: 'Host.Process', message: line };
  }
}
