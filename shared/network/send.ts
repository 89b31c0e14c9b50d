import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpClient, HttpMethods } from '@azure/core-rest-pipeline';
import type { Log } from '../log/log.ts';
import { now } from './clock.ts';
import { beforeDeadline, type Deadline } from './deadline.ts';
import { isUnreadable, limitAnswers } from './limit-answers.ts';
import { logUpstream } from './log-upstream.ts';
import { UpstreamError, type Upstream } from './upstream-error.ts';

/** The only HTTP client of the process, shared with the Azure SDKs. Keeps connections alive, follows no redirects, limits response sizes. */
export const httpClient: HttpClient = limitAnswers(createDefaultHttpClient());

export interface Outgoing {
  readonly upstream: Upstream;
  readonly operation: string;
  readonly method: HttpMethods;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly deadline: Deadline;
  readonly log: Log;
}

export interface Incoming {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** Sends one request once, logs it, and returns the response, whatever its status. Rejects with `UpstreamError` if there is no response. */
export async function send(outgoing: Outgoing): Promise<Incoming> {
  const { upstream, operation, deadline, log } = outgoing;
  const start = now();
  let status: number | undefined;
  let requestId: string | undefined;
  let outcome: string | undefined;
  try {
    const answer = await beforeDeadline(deadline, { upstream, operation }, (signal) =>
      httpClient.sendRequest(
        createPipelineRequest({
          url: outgoing.url,
          method: outgoing.method,
          headers: createHttpHeaders(outgoing.headers),
          ...(outgoing.body === undefined ? {} : { body: outgoing.body }),
          abortSignal: signal,
          // Settings accept plain http for loopback addresses only.
          allowInsecureConnection: outgoing.url.startsWith('http://'),
        }),
      ),
    );
    status = answer.status;
    requestId = answer.headers.get('ms-requestid') ?? answer.headers.get('x-ms-request-id');
    return { status, header: (name) => answer.headers.get(name), text: answer.bodyAsText ?? '' };
  } catch (error) {
    const reason = isUnreadable(error) ? 'malformed' : 'network';
    const failure = error instanceof UpstreamError ? error : new UpstreamError({ upstream, operation, reason });
    outcome = failure.failure.reason;
    throw failure;
  } finally {
    logUpstream(log, {
      upstream,
      operation,
      status,
      outcome,
      since: start,
      requestId: outgoing.headers['MS-RequestId'] ?? requestId,
    });
  }
}

/** Parses a JSON body, without a leading byte order mark. Throws a malformed `UpstreamError` if it is not JSON. */
export function readJson(incoming: Incoming, outgoing: Pick<Outgoing, 'upstream' | 'operation'>): unknown {
  try {
    return JSON.parse(incoming.text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    const { upstream, operation } = outgoing;
    throw new UpstreamError({ upstream, operation, reason: 'malformed', status: incoming.status });
  }
}
