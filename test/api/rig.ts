import type { Instance, InstanceOptions } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import { longerTimes } from '../local/short-times.ts';
import { startStack, type Stack, type StackOptions } from '../local/stack.ts';
import type { WireRequest } from '../local/wire/wire.ts';

export interface Detail {
  readonly code: string;
  readonly target?: string;
  readonly message: string;
}

/** Any answer of the API; a field is present only if the answer has it. */
export interface Body extends Record<string, unknown> {
  readonly status?: string | number;
  readonly code?: string;
  readonly message?: string;
  readonly customerId?: string;
  readonly correlationId?: string;
  readonly warnings?: readonly Detail[];
  readonly error?: { code: string; message: string; target?: string; details?: readonly Detail[] };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** Starts a stack with short timeouts and one instance of the app. */
export async function startApp(options: StackOptions = {}, own: InstanceOptions = {}): Promise<[Stack, Instance]> {
  const stack = await startStack({ ...options, settings: { ...longerTimes, ...options.settings } });
  return [stack, await stack.startInstance(own)];
}

export interface World {
  readonly stack: Stack;
  readonly instance: Instance;
}

/** Runs a test on a stack of its own with one instance of the app. */
export async function withApp(options: StackOptions, use: (world: World) => Promise<void>): Promise<void> {
  const [stack, instance] = await startApp(options);
  try {
    await use({ stack, instance });
  } finally {
    await stack.close();
  }
}

/** The example customer with changes; `undefined` removes a field. */
export function payloadWith(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...readExample(), ...changes };
}

let count = 0;

/** A domain prefix that this test run has not used yet. */
export function newPrefix(): string {
  return `tailspin${++count}`;
}

/** The example customer with a unique domain and changes; `undefined` omits a field. */
export function customer(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return payloadWith({ domain: newPrefix(), ...changes });
}

/** Calls the API and reads the answer; a body that is empty or not JSON reads as an empty object. */
export async function request(instance: Instance, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await instance.call(`/api${path}`, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? parse(text) : {} };
}

/** `POST /api/v1/customers`. */
export function post(
  instance: Instance,
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
  path = '/v1/customers',
): Promise<Answer> {
  return request(instance, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  });
}

/** The details of an error, as `code target`. */
export function detailsOf({ body }: Answer): string[] {
  return (body.error?.details ?? []).map(({ code, target }) => (target === undefined ? code : `${code} ${target}`));
}

/** The prefix of the secret names of a payload's domain. */
export function baseOf(payload: Readonly<Record<string, unknown>>): string {
  return `${String(payload['domain'])}-onmicrosoft-com`;
}

/** The requests to an emulator for an operation, after the first `from` requests. */
export function seen(server: { requests: readonly WireRequest[] }, operation: string, from = 0): WireRequest[] {
  return server.requests.slice(from).filter((one) => one.operation === operation);
}

/** Structured lines of the app, by event. */
export function linesOf(stack: Stack, event: string): Record<string, unknown>[] {
  return stack.logLines
    .filter(({ message }) => message.startsWith('{'))
    .map(({ message, level }) => ({ level, ...(JSON.parse(message) as Record<string, unknown>) }))
    .filter((line) => (line as { event?: string }).event === event);
}

function parse(text: string): Body {
  return JSON.parse(text) as Body;
}

/** Sends a payload as JSON and returns the response unread. */
export function send(
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
