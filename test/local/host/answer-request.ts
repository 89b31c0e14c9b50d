import type { IncomingMessage } from 'node:http';
import type { LogEntry } from './core-types.ts';
import { applyEasyAuth, type EasyAuth } from './easy-auth.ts';
import type { HostConfig } from './host-config.ts';
import { invoke } from './invoke.ts';
import { isAuthorised, type HostKeys } from './keys.ts';
import { announcedLength, readBody, readHeaders, readTarget, toRpcHttp } from './read-request.ts';
import { findRoute, type Route } from './routes.ts';
import type { HostTimes } from './times.ts';
import type { Worker } from './worker.ts';
import { toHostAnswer, type HostAnswer } from './write-answer.ts';

export interface Site {
  readonly worker: Worker;
  readonly config: HostConfig;
  readonly routes: readonly Route[];
  readonly keys: HostKeys;
  readonly easyAuth: EasyAuth | undefined;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly times: HostTimes;
  readonly log: (entry: LogEntry) => void;
}

/** Routes, authorizes and runs one request; undefined if the caller disconnected before the body was complete. */
export async function answerRequest(site: Site, request: IncomingMessage): Promise<HostAnswer | undefined> {
  const method = request.method ?? 'GET';
  const target = readTarget(request);
  if (!target) return { status: 400, close: true, bare: true };
  const match = findRoute(site.routes, method, target.path);
  if (!match) return { status: 404 };
  const { route, parameters } = match;
  if (!isAuthorised(route.authLevel, request.headersDistinct, target.url.searchParams, site.keys))
    return { status: 401 };
  if (announcedLength(request) > site.bodyLimit) return { status: 500, close: true };
  let body: Awaited<ReturnType<typeof readBody>>;
  try {
    body = await readBody(request, site.times.body);
  } catch {
    return undefined;
  }
  if (body === 'stalled') return { status: 500, close: true };
  const received = readHeaders(request);
  const headers = site.easyAuth ? applyEasyAuth(site.easyAuth, received) : received;
  const data = { http: toRpcHttp(method, target.url, headers, parameters, body) };
  return runFunction(site, route, data, headers);
}

async function runFunction(
  site: Site,
  { functionName, bindingName }: Route,
  data: Parameters<typeof invoke>[1]['data'],
  headers: Record<string, string>,
): Promise<HostAnswer> {
  const start = Date.now();
  const { traceparent: traceParent, tracestate: traceState } = headers;
  const tell = (level: 'information' | 'error', end: string, reason = ''): void => {
    const message = `Executed 'Functions.${functionName}' (${end}, Duration=${Date.now() - start}ms)${reason}`;
    site.log({ level, category: 'Host.Results', message, functionName });
  };
  const limit = site.times.functionTimeout ?? site.config.functionTimeout;
  const timer = limit > 0 ? setTimeout(() => endWorker(site, functionName, limit), limit) : undefined;
  try {
    const invocation = { functionName, bindingName, data, traceParent, traceState };
    const answer = toHostAnswer(await site.worker.run((app) => invoke(app, invocation)));
    tell('information', 'Succeeded');
    return answer;
  } catch (error) {
    tell('error', 'Failed', `: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { status: 500 };
  } finally {
    clearTimeout(timer);
  }
}

/** A single handler cannot be stopped: the host ends the worker and with it every other call that runs there. */
function endWorker({ worker, log, times }: Site, functionName: string, limit: number): void {
  const message = `Timeout value of ${limit} ms exceeded by function 'Functions.${functionName}'. The worker is restarted.`;
  log({ level: 'error', category: 'Host.General', message, functionName });
  worker.restart(times.restart);
}
