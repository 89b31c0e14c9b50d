import type { HostOptions } from './functions-host.ts';
import { startHost } from './functions-host.ts';

/** The options of a host in its own process, passed as JSON in the variable `LOCAL_HOST_OPTIONS`. */
export type HostProcessOptions = Pick<HostOptions, 'appRoot' | 'port' | 'env' | 'keys' | 'easyAuth' | 'times'>;

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
// stdin ends when the parent process ends, for whatever reason; then this process ends too.
process.stdin.on('end', () => process.exit(0)).resume();
print({ port: host.port });
