import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The HTTP server of a host, with a way to end every connection at once. */
export interface HostListener {
  readonly port: number;
  /** Refuses new connections and lets those with a request in flight finish it. */
  stopAccepting(): void;
  destroy(): Promise<void>;
  /** Resets every connection: callers see a failure rather than a truncated response. */
  reset(): void;
}

/** Bytes; larger than the limits of the real server, which `refuseByServer` applies. */
const largestHead = 131_072;

/** Listens on loopback. Malformed requests get their response here and never reach `serve`. */
export async function listen(
  port: number,
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HostListener> {
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: largestHead, requestTimeout: 0, keepAliveTimeout: 130_000 }, serve);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', refuse);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    stopAccepting: () => stopAccepting(server),
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    destroy: async () => {
      stopAccepting(server);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function stopAccepting(server: Server): void {
  if (server.listening) server.close();
  server.closeIdleConnections();
}

function refuse(
  error: Error & { code?: string },
  socket: { writable: boolean; end(text: string): void; destroy(): void },
): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
