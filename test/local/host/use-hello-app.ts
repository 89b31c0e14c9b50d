import { afterAll, beforeAll, type afterEach } from 'vitest';
import { buildHelloApp } from '../build-hello-app.ts';
import { startHost, type FunctionsHost, type HostOptions } from './functions-host.ts';

/** Builds the hello-world app for the tests of a file. Returns a function that starts a host with it; `end` says after what hosts are killed. */
export function useHelloApp(
  end: typeof afterAll | typeof afterEach,
): (options?: Partial<HostOptions>) => Promise<FunctionsHost> {
  let built: Awaited<ReturnType<typeof buildHelloApp>>;
  const hosts: FunctionsHost[] = [];
  beforeAll(async () => {
    built = await buildHelloApp();
  });
  afterAll(() => built.remove());
  end(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.kill()));
  });
  return async (options = {}) => {
    const host = await startHost({ appRoot: built.appRoot, env: {}, ...options });
    hosts.push(host);
    return host;
  };
}
