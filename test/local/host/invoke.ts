import { randomBytes, randomUUID } from 'node:crypto';
import type { CoreContext, LogCategory, LogEntry, RpcTypedData } from './core-types.ts';
import type { WorkerApp } from './worker-app.ts';

export interface Invocation {
  readonly functionName: string;
  readonly bindingName: string;
  readonly data: RpcTypedData;
  /** The caller's `traceparent`, when it sent one. */
  readonly traceParent?: string | undefined;
  readonly traceState?: string | undefined;
}

/**
 * Runs one invocation through the hooks and the library's own model, as the Node worker does. Throws what the
 * handler throws. Lines that it logs afterwards are dropped, with a warning of the worker.
 */
export async function invoke(app: WorkerApp, invocation: Invocation): Promise<RpcTypedData | null | undefined> {
  const lifetime = { over: false };
  try {
    return await runModel(app, invocation, createContext(app, invocation, lifetime));
  } finally {
    lifetime.over = true;
  }
}

async function runModel(
  app: WorkerApp,
  invocation: Invocation,
  context: CoreContext,
): Promise<RpcTypedData | null | undefined> {
  const registered = app.functions.get(invocation.functionName);
  if (!registered || !app.model) throw new Error(`Function "${invocation.functionName}" is not loaded`);
  const model = await app.model.getInvocationModel(context);
  const { context: invocationContext, inputs } = await model.getArguments();
  const hookData = {};
  const pre = { hookData, invocationContext, inputs, functionCallback: registered.callback };
  await inState(context, 'preInvocationHooks', () => app.runHooks('preInvocation', pre));
  const post: Record<string, unknown> = { hookData, invocationContext, inputs: pre.inputs, result: null, error: null };
  try {
    post['result'] = await inState(context, 'invocation', () =>
      model.invokeFunction(invocationContext, pre.inputs, pre.functionCallback),
    );
  } catch (error) {
    post['error'] = error ?? new Error('The handler threw nothing');
  }
  await inState(context, 'postInvocationHooks', () => app.runHooks('postInvocation', post));
  if (post['error'] !== null && post['error'] !== undefined) throw toError(post['error']);
  return (await model.getResponse(invocationContext, post['result'])).returnValue;
}

function createContext(app: WorkerApp, invocation: Invocation, lifetime: { readonly over: boolean }): CoreContext {
  const invocationId = randomUUID();
  const { functionName, bindingName, data } = invocation;
  const metadata = app.functions.get(functionName)?.metadata ?? { name: functionName, bindings: {} };
  return {
    invocationId,
    metadata,
    state: undefined,
    request: {
      invocationId,
      functionId: functionName,
      inputData: [{ name: bindingName, data }],
      triggerMetadata: {},
      traceContext: {
        traceParent: continueTrace(invocation.traceParent),
        traceState: invocation.traceState ?? '',
      },
    },
    log: (level, category, message) => {
      const entry = { level, category: nameCategory(functionName, category), message, functionName, invocationId };
      if (lifetime.over) warnOfLateLine(app, entry);
      else logThroughHooks(app, entry);
    },
  };
}

/** The worker's warning about a line that is logged after the response; the line itself is dropped. */
function warnOfLateLine(app: WorkerApp, { functionName, invocationId }: LogEntry): void {
  const message =
    "Unexpected call to 'log' on the context object after function execution has completed. Please check for asynchronous calls that are not awaited. " +
    `Function name: ${functionName}. Invocation Id: ${invocationId}.`;
  app.log({ level: 'warning', category: 'Worker.LateLog', message });
}

/** Log hooks may change level and message; they run synchronously, as in the worker. */
function logThroughHooks(app: WorkerApp, entry: LogEntry): void {
  const category = entry.category.endsWith('.User') ? 'user' : 'system';
  const context = { hookData: {}, level: entry.level, message: entry.message, category };
  for (const hook of app.hooks('log')) hook(context);
  app.log({ ...entry, level: context.level, message: context.message });
}

function nameCategory(functionName: string, category: LogCategory): string {
  return category === 'user' ? `Function.${functionName}.User` : `Function.${functionName}`;
}

/** The same trace with a new span, or a new trace; see "Trace Context" of the W3C. */
function continueTrace(traceParent: string | undefined): string {
  const [, traceId, flags] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(traceParent ?? '') ?? [];
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags ?? '00'}`;
}

async function inState<T>(context: CoreContext, state: string, run: () => Promise<T>): Promise<T> {
  context.state = state;
  try {
    return await run();
  } finally {
    context.state = undefined;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
