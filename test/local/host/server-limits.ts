import type { IncomingMessage } from 'node:http';
import type { HostAnswer } from './write-answer.ts';

const longestRequestLine = 8192;
const mostHeaders = 100;
const longestHeaders = 32_768;

/**
 * The response of the web server below the host to a request that exceeds its limits, before routes and keys; undefined if it exceeds none.
 * See "KestrelServerLimits" of ASP.NET Core.
 */
export function refuseByServer(request: IncomingMessage): HostAnswer | undefined {
  const { method = '', url = '', httpVersion, rawHeaders } = request;
  const refuse = (status: number): HostAnswer => ({ status, close: true, bare: true });
  if (`${method} ${url} HTTP/${httpVersion}\r\n`.length > longestRequestLine) return refuse(414);
  const headerBytes = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (rawHeaders.length / 2 > mostHeaders || headerBytes > longestHeaders) return refuse(431);
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  return hosts.length > 1 || (url.split('?')[0] ?? '').includes('%00') ? refuse(400) : undefined;
}
