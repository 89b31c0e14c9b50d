import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import { longerTimes } from '../local/short-times.ts';
import { startStack, type Stack, type StackOptions } from '../local/stack.ts';

export interface World {
  readonly stack: Stack;
  readonly instance: Instance;
}

/** A stack with one instance of the app; close it with `stack.close()`. */
export async function openApp(options: StackOptions = {}): Promise<World> {
  const stack = await startStack({ ...options, settings: { ...longerTimes, ...options.settings } });
  return { stack, instance: await stack.startInstance() };
}

/** Runs a test on its own stack with one instance of the app. */
export async function withApp(options: StackOptions, use: (world: World) => Promise<void>): Promise<void> {
  const world = await openApp(options);
  try {
    await use(world);
  } finally {
    await world.stack.close();
  }
}

/** The example customer with changes; undefined removes a field. */
export function payloadWith(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...readExample(), ...changes };
}

/** Sends a payload as JSON. */
export function post(
  instance: Pick<Instance, 'call'>,
  payload: unknown = payloadWith(),
  { path = '/api/v1/customers', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return instance.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  });
}

/** The only line that the app wrote about a call. */
export function findLine({ instance }: World, event: string): Record<string, unknown> {
  const lines = instance.logLines.flatMap(({ message }) => {
    try {
      return [JSON.parse(message) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
  return lines.find((line) => line['event'] === event) ?? {};
}

/** The requests that change external state. */
export function findWrites({ partnerCenter, credentialVault, fallbackVault, partnerVault }: Stack): string[] {
  const reads = new Set(['GET', 'HEAD']);
  const vaults = [credentialVault, partnerVault, ...(fallbackVault ? [fallbackVault] : [])];
  return [
    ...partnerCenter.server.requests.filter(
      ({ method, operation }) => !reads.has(method) && operation !== 'validateAddress',
    ),
    ...vaults.flatMap(({ server }) => server.requests.filter(({ method }) => !reads.has(method))),
  ].map(({ method, path }) => `${method} ${path}`);
}
