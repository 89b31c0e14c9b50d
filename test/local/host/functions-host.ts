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
import { createNetwork } from './severable-network.ts';
import { startApp } from './start-app.ts';
import { terminateApp } from './terminate-app.ts';
import { writeAnswer } from './write-answer.ts';

export interface HostOptions {
  /** Where package.json and host.json of the built app are; the repository by default. */
  readonly appRoot?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The whole environment of this instance: nothing of the process shines through. */
  readonly env: Readonly<Record<string, string>>;
  readonly keys?: HostKeys;
  readonly log?: LogSink;
  readonly easyAuth?: EasyAuth;
  /** Sees every request first; true when it took it. */
  readonly extra?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface FunctionsHost {
  /** Without a trailing slash and without the route prefix. */
  readonly url: string;
  readonly port: number;
  readonly functionNames: readonly string[];
  /** Handlers that have not ended, whether or not their callers still wait. */
  readonly inFlight: number;
  /** Runs a timer function now. Timers run by call only. */
  runTimer(name: string): Promise<void>;
  /**
   * As on SIGTERM: no new requests, those in flight end (within `drain` ms, unlimited by default), then the hooks
   * with 5 s of grace.
   */
  terminate(options?: { readonly drain?: number }): Promise<void>;
  /** Cuts the app off from everything that it calls; its callers still reach it. */
  cut(): void;
  /** As far as one process can be killed in part: every connection, in and out, ends at once and no hook runs. */
  kill(): Promise<void>;
}

export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
const defaultBodyLimit = 104_857_600;

/**
 * Runs the unmodified build of the app under the rules of the Azure Functions host, as one instance of possibly
 * many in this process.
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
  const network = createNetwork();
  const app = await startApp(appRoot, { env, log, network });
  const metadata = [...app.functions.values()].map((registered) => registered.metadata);
  const bodyLimit = Number(options.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? defaultBodyLimit);
  const site: Site = { app, config, routes: buildRoutes(metadata, config.routePrefix), keys, easyAuth, bodyLimit, log };
  const admission = new Admission(config);
  const running = new Set<Promise<void>>();
  let draining = false;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.on('error', () => {});
    response.on('error', () => {});
    if (extra?.(request, response)) return;
    if (!(await admission.enter())) return writeAnswer(response, { status: 429 }, config.customHeaders);
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
    functionNames: [...app.functions.keys()],
    get inFlight() {
      return running.size;
    },
    runTimer: (name) => track(runTimer(app, name, log)),
    terminate: async ({ drain } = {}) => {
      draining = true;
      listener.stopAccepting();
      await terminateApp(app, running, drain, log);
      network.cut();
      await listener.destroy();
    },
    cut: () => network.cut(),
    kill: () => {
      network.cut();
      return listener.destroy();
    },
  };
}

/** Keeps a terminating host from cutting off an answer that is still on its way out. */
async function untilSent(response: ServerResponse): Promise<void> {
  if (response.writableEnded && !response.closed) await new Promise((resolve) => response.once('close', resolve));
}
