import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConsentRefusal } from './consent-refusal.ts';

/** The redirect of the person: the answer of the authorize endpoint, and a function that shows the result page. */
export interface Redirect {
  readonly query: URLSearchParams;
  showEnd(sentence: string): Promise<void>;
}

/** Listens for a single redirect to `http://localhost:{port}/`. */
export interface Loopback {
  readonly redirectUri: string;
  /** Rejects with `ConsentRefusal` if no redirect arrives within `timeout` milliseconds. */
  waitForRedirect(timeout: number): Promise<Redirect>;
  close(): Promise<void>;
}

/**
 * Opens the loopback listener; port 0 selects a free one. Only a GET whose query passes `isOurs` is the redirect; other requests are answered 400 and
 * ignored. Rejects with `ConsentRefusal` when the port is in use at either address of localhost.
 */
export async function openLoopback(port: number, isOurs: (query: URLSearchParams) => boolean): Promise<Loopback> {
  let arrived: ((redirect: Redirect) => void) | undefined;
  const redirected = new Promise<Redirect>((resolve) => (arrived = resolve));
  const answer: RequestListener = (request, response) => {
    const query = readQuery(request.url);
    if (request.method !== 'GET' || !query || !isOurs(query) || !arrived) {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
      response.end('This is not the answer to the sign-in that the terminal waits for.');
      return;
    }
    const showEnd = (sentence: string): Promise<void> =>
      new Promise((resolve) => {
        if (response.destroyed) return resolve();
        response.once('close', resolve);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
        response.end(`<!DOCTYPE html><title>Consent</title><p>${sentence}</p><p>You can close this window.</p>`);
      });
    arrived({ query, showEnd });
    arrived = undefined;
  };
  const first = await listen(answer, '127.0.0.1', port);
  const taken = (first.address() as AddressInfo).port;
  // Browsers resolve localhost to either address: another program on the other one would get the code.
  const second = await listen(answer, '::1', taken).catch(async (error: unknown) => {
    // A machine without IPv6 has only one.
    if (error instanceof NoSuchAddress) return undefined;
    await close(first);
    throw error;
  });
  return {
    redirectUri: `http://localhost:${taken}/`,
    async waitForRedirect(timeout) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        const sentence = `Nobody came back within ${timeout / 1000} seconds. Run the command again.`;
        timer = setTimeout(() => reject(new ConsentRefusal(sentence)), timeout);
      });
      return Promise.race([redirected, late]).finally(() => clearTimeout(timer));
    },
    async close() {
      await close(first);
      if (second) await close(second);
    },
  };
}

class NoSuchAddress extends Error {}

/** The query of a request to the registered address; undefined for any other request, including malformed ones. */
function readQuery(target = '/'): URLSearchParams | undefined {
  if (!/^\/(\?|$)/.test(target)) return undefined;
  return new URLSearchParams(target.slice(2));
}

function listen(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    // Later errors concern a single connection: the listener keeps running.
    server.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return reject(new NoSuchAddress());
      const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
      reject(
        new ConsentRefusal(`Port ${port} is in use (${where}). Choose another with --port and register its address.`),
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
