import http, { type ClientRequest } from 'node:http';
import https from 'node:https';

/** The outgoing HTTP of one instance, which can be cut without affecting the rest of the process. */
export interface SeverableNetwork {
  /** What the instance gets when it requires a module for HTTP. */
  readonly modules: ReadonlyMap<string, unknown>;
  readonly fetch: typeof fetch;
  /** Resets every request in flight and refuses new ones, as if the process had been killed. */
  cut(): void;
}

/** Creates `http`, `https` and `fetch` for one instance; until they are cut they work like the real ones. */
export function createNetwork(): SeverableNetwork {
  const requests = new Set<ClientRequest>();
  const severed = new AbortController();
  const track = (request: ClientRequest): ClientRequest => {
    if (severed.signal.aborted) return request.destroy(connectionError('ECONNREFUSED'));
    requests.add(request);
    return request.once('close', () => requests.delete(request));
  };
  const wrap = (module: typeof http | typeof https): unknown => {
    const request = (...parameters: Parameters<typeof http.request>): ClientRequest =>
      track(module.request(...parameters));
    const get = (...parameters: Parameters<typeof http.request>): ClientRequest => request(...parameters).end();
    return { ...module, request, get };
  };
  const modules = new Map(
    Object.entries({ http, https }).flatMap(([name, module]) => {
      const wrapped = wrap(module);
      return [name, `node:${name}`].map((key): [string, unknown] => [key, wrapped]);
    }),
  );
  return {
    modules,
    fetch: (input, init) => {
      const signals = [severed.signal, ...(init?.signal ? [init.signal] : [])];
      return fetch(input, { ...init, signal: AbortSignal.any(signals) });
    },
    cut: () => {
      severed.abort();
      for (const request of requests) request.destroy(connectionError('ECONNRESET'));
    },
  };
}

function connectionError(code: string): Error {
  return Object.assign(new Error(`The instance is cut off: ${code}`), { code, syscall: 'connect' });
}
