import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { MadeCertificate } from './certificate.ts';

/** One listener of an emulator, which can be cut off separately. */
export interface Front {
  readonly name: string;
  readonly url: string;
  /** None over plain http. */
  readonly handshakes: Handshakes;
  /** Destroys every connection and refuses new ones, as when an instance is killed. */
  cut(): Promise<void>;
}

/** TLS handshakes: full ones, and those that resumed a session. */
export interface Handshakes {
  full: number;
  resumed: number;
}

export interface FrontOptions {
  readonly name: string;
  /** 0 selects a free port. */
  readonly port: number;
  /** Serves https if given. */
  readonly certificate: MadeCertificate | undefined;
  /** `origin`: protocol and host as the caller sees them. */
  readonly serve: (origin: string, request: IncomingMessage, response: ServerResponse) => void;
}

/** Listens on loopback. */
export async function openFront({ name, port, certificate, serve }: FrontOptions): Promise<Front> {
  const sockets = new Set<Socket>();
  const handshakes: Handshakes = { full: 0, resumed: 0 };
  const protocol = certificate ? 'https' : 'http';
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    serve(`${protocol}://${request.headers.host ?? 'localhost'}`, request, response);
  const server: Server = certificate
    ? createSecureServer({ cert: certificate.certificate, key: certificate.privateKey }, listener)
    : createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    handshakes[socket.isSessionReused() ? 'resumed' : 'full'] += 1;
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    name,
    url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handshakes,
    cut: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
