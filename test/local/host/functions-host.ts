import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Admission } from './admission.ts';
import { answerRequest, type Site } from './answer-request.ts';
import type { LogSink } from './core-types.ts';
import type { EasyAuth } from './easy-auth.ts';
import { readHostConfig } from './host-config.ts';
import { listen, type HostListener } from './host-listener.ts';
import { localKeys, type HostKeys } from './keys.ts';
import { buildRoutes } from './routes.ts';
import { runTimer } from './run-timer.ts';
import { refuseByServer } from './server-limits.ts';
import { terminateApp } from './terminate-app.ts';
import { realTimes, type HostTimes } from './times.ts';
import { Worker } from './worker.ts';
import { writeAnswer, type HostAnswer } from './write-answer.ts';

export interface HostOptions {
  /** Folder with package.json and host.json of the built app; the repository by default. */
  readonly appRoot?: string;
  /** 0, the default, selects a free port. */
  readonly port?: number;
  /** The complete environment of this instance; the variables of the process are not visible to it. */
  readonly env: Readonly<Record<string, string>>;
  readonly keys?: HostKeys;
  readonly log?: LogSink;
  readonly easyAuth?: EasyAuth;
  /** Shorter times than the real host's, for tests. */
  readonly times?: Partial<HostTimes>;
  /** Called first for every request; returns true if it responded. */
  readonly extra?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface FunctionsHost {
  /** Without a trailing slash and without the route prefix. */
  readonly url: string;
  readonly port: number;
  readonly functionNames: readonly string[];
  /** Number of handlers that have not ended, even if their callers have disconnected. */
  readonly inFlight: number;
  /** Runs a timer function now; timers never run by schedule. */
  runTimer(name: string): Promise<void>;
  /** Ends the instance as SIGTERM does, see `terminateApp`. A `drain` given here replaces the host's and is the only wait for handlers. */
  terminate(options?: { readonly drain?: number }): Promise<void>;
  /** Breaks the app's outgoing connections; its callers still reach it. */
  cut(): void;
  /** Imitates SIGKILL within this process: every connection, in and out, ends at once and no hook runs. */
  kill(): Promise<void>;
}

export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
const defaultBodyLimit = 104_857_600;
const turnedAway: HostAnswer = { status: 429, headers: { 'X-FUNCTION-SCALEOUT': '1' }, bare: true };

/**
 * Runs the unmodified build of the app under the rules of the Azure Functions host, as one of any number of instances
 * in this process.
 */
export async function startHost(options: HostOptions): Promise<FunctionsHost> {
  const { appRoot = repositoryRoot, keys = localKeys, log = () => {}, easyAuth, extra } = options;
  const env = {
    FUNCTIONS_WORKER_RUNTIME: 'node',
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    ...(easyAuth ? { WEBSITE_AUTH_ENABLED: 'True' } : {}),
    ...options.env,
  };
  const config = readHostConfig(appRoot);
  const times = { ...realTimes, ...options.times };
  const worker = await Worker.start(appRoot, env, log);
  const metadata = [...worker.app.functions.values()].map((registered) => registered.metadata);
  const routes = buildRoutes(metadata, config.routePrefix);
  const bodyLimit = Number(options.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? defaultBodyLimit);
  const site: Site = { worker, config, routes, keys, easyAuth, bodyLimit, times, log };
  const admission = new Admission(config);
  const running = new Set<Promise<void>>();
  let draining = false;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.on('error', () => {});
    response.on('error', () => {});
    const refused = refuseByServer(request);
    if (refused) return writeAnswer(response, refused, config.customHeaders);
    if (extra?.(request, response)) return;
    if (!(await admission.enter())) return writeAnswer(response, turnedAway, config.customHeaders);
    try {
      const answer = await answerRequest(site, request);
      if (answer) writeAnswer(response, draining ? { ...answer, close: true } : answer, config.customHeaders);
    } catch (error) {
      log({ level: 'critical', category: 'Host', message: `The local host failed: ${String(error)}` });
      writeAnswer(response, { status: 500, close: true }, config.customHeaders);
    } finally {
      admission.leave();
    }
  };
  const track = (work: Promise<void>): Promise<void> => {
    running.add(work);
    return work.finally(() => running.delete(work));
  };
  const listener: HostListener = await listen(options.port ?? 0, (request, response) => {
    void track(serve(request, response).then(() => untilSent(response)));
  });

  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    functionNames: metadata.map(({ name }) => name),
    get inFlight() {
      return running.size;
    },
    runTimer: (name) => track(worker.run((app) => runTimer(app, name, log))),
    terminate: async ({ drain } = {}) => {
      draining = true;
      listener.stopAccepting();
      const granted = drain === undefined ? times : { ...times, drain, worker: 0 };
      await terminateApp(worker.app, running, granted, { reset: () => listener.reset(), log });
      worker.stop();
      await listener.destroy();
    },
    cut: () => worker.cut(),
    kill: () => {
      worker.stop();
      return listener.destroy();
    },
  };
}

/** Waits until the response is sent, so that a terminating host does not cut it off. */
async function untilSent(response: ServerResponse): Promise<void> {
  if (response.writableEnded && !response.closed) await new Promise((resolve) => response.once('close', resolve));
}
