import type { IncomingMessage } from 'node:http';
import type { LogEntry } from './core-types.ts';
import { applyEasyAuth, type EasyAuth } from './easy-auth.ts';
import type { HostConfig } from './host-config.ts';
import { invoke } from './invoke.ts';
import { isAuthorised, type HostKeys } from './keys.ts';
import { announcedLength, readBody, readHeaders, readTarget, toRpcHttp } from './read-request.ts';
import { findRoute, type Route } from './routes.ts';
import type { WorkerApp } from './worker-app.ts';
import { toHostAnswer, type HostAnswer } from './write-answer.ts';

export interface Site {
  readonly app: WorkerApp;
  readonly config: HostConfig;
  readonly routes: readonly Route[];
  readonly keys: HostKeys;
  readonly easyAuth: EasyAuth | undefined;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly log: (entry: LogEntry) => void;
}

/** Routes, authorises and runs one request; undefined when the caller went away before its body was complete. */
export async function answerRequest(site: Site, request: IncomingMessage): Promise<HostAnswer | undefined> {
  const method = request.method ?? 'GET';
  const target = readTarget(request);
  if (!target) return { status: 400, close: true };
  const match = findRoute(site.routes, method, target.path);
  if (!match) return { status: 404 };
  const { route, parameters } = match;
  if (!isAuthorised(route.authLevel, request.headers, target.url.searchParams, site.keys)) return { status: 401 };
  if (announcedLength(request) > site.bodyLimit) return { status: 500, close: true };
  let body: Buffer | undefined;
  try {
    body = await readBody(request);
  } catch {
    return undefined;
  }
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
  try {
    const answer = toHostAnswer(await invoke(site.app, { functionName, bindingName, data, traceParent, traceState }));
    const duration = Date.now() - start;
    const message = `Executed 'Functions.${functionName}' (Succeeded, Duration=${duration}ms)`;
    site.log({ level: 'information', category: 'Host.Results', message, functionName });
    // Nothing is killed when the time is over: the caller gets its 500 when the handler ends.
    return site.config.functionTimeout > 0 && duration > site.config.functionTimeout ? { status: 500 } : answer;
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = `Executed 'Functions.${functionName}' (Failed, Duration=${Date.now() - start}ms): ${reason}`;
    site.log({ level: 'error', category: 'Host.Results', message, functionName });
    return { status: 500 };
  }
}
