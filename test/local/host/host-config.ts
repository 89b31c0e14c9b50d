import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HostConfig {
  readonly routePrefix: string;
  readonly customHeaders: Readonly<Record<string, string>>;
  /** -1 is no limit. */
  readonly maxConcurrentRequests: number;
  /** Running and queued together; -1 is no limit. */
  readonly maxOutstandingRequests: number;
  /** Milliseconds; 0 is no limit. */
  readonly functionTimeout: number;
}

interface HostFile {
  readonly functionTimeout?: string;
  readonly extensions?: { readonly http?: Partial<Omit<HostConfig, 'functionTimeout'>> };
}

/**
 * Reads host.json of the app as the host does; see the "host.json reference" and "HTTP trigger" pages of Azure
 * Functions.
 */
export function readHostConfig(appRoot: string): HostConfig {
  const path = join(appRoot, 'host.json');
  const file = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as HostFile) : {};
  const http = file.extensions?.http ?? {};
  return {
    routePrefix: (http.routePrefix ?? 'api').replace(/^\/+|\/+$/g, ''),
    customHeaders: http.customHeaders ?? {},
    maxConcurrentRequests: http.maxConcurrentRequests ?? -1,
    maxOutstandingRequests: http.maxOutstandingRequests ?? -1,
    functionTimeout: parseTimeSpan(file.functionTimeout ?? '00:30:00'),
  };
}

function parseTimeSpan(text: string): number {
  if (text === '-1') return 0;
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  if (!match) throw new Error(`host.json: functionTimeout is no TimeSpan: ${text}`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
