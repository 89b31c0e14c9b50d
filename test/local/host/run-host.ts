import type { HostOptions } from './functions-host.ts';
import { startHost } from './functions-host.ts';

/** The serialisable options of a host in a process of its own, handed over in the variable `LOCAL_HOST_OPTIONS`. */
export type HostProcessOptions = Pick<HostOptions, 'appRoot' | 'port' | 'env' | 'keys' | 'easyAuth'>;

const options = JSON.parse(process.env['LOCAL_HOST_OPTIONS'] ?? '{"env":{}}') as HostProcessOptions;
const print = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);
const host = await startHost({ ...options, log: print });

let isEnding = false;
const end = (): void => {
  if (isEnding) return;
  isEnding = true;
  void host.terminate().then(() => process.stdout.write('', () => process.exit(0)));
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
// The parent holds the other end: when it is gone, however it went, nothing is left behind.
process.stdin.on('end', () => process.exit(0)).resume();
print({ port: host.port });
