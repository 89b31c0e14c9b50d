import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  LogLevel,
  LogSink,
  ProgrammingModel,
} from './core-types.ts';

const hookNames = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'];

/**
 * What one instance of the app registered with its worker: functions, hooks and the programming model of its
 * library.
 */
export class WorkerApp {
  readonly functions = new Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>();
  /** True once the app has started: from then on nothing can be registered. */
  started = false;
  model: ProgrammingModel | undefined;
  readonly log: LogSink;
  #hooks = new Map<string, HookCallback[]>(hookNames.map((name) => [name, []]));

  constructor(log: LogSink) {
    this.log = log;
  }

  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    if (this.started) throw systemError('A function can only be registered during app startup.');
    if (this.functions.has(metadata.name)) {
      throw systemError(`A function with name "${metadata.name}" has already been registered.`);
    }
    this.functions.set(metadata.name, { metadata, callback });
    return new Disposable(() => void this.functions.delete(metadata.name));
  }

  registerHook(name: string, callback: HookCallback): Disposable {
    const callbacks = this.#hooks.get(name);
    if (!callbacks) throw systemError(`Unrecognized hook "${name}"`, RangeError);
    callbacks.push(callback);
    return new Disposable(
      () =>
        void this.#hooks.set(
          name,
          this.hooks(name).filter((entry) => entry !== callback),
        ),
    );
  }

  hooks(name: string): readonly HookCallback[] {
    return this.#hooks.get(name) ?? [];
  }

  async runHooks(name: string, context: Record<string, unknown>): Promise<void> {
    for (const callback of this.hooks(name)) await callback(context);
  }

  /** The module that the app's library gets for `require('@azure/functions-core')`. */
  createCoreModule(): Record<string, unknown> {
    return {
      version: '3.13.0',
      hostVersion: '4.1041.0',
      registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
        this.registerFunction(metadata, callback),
      registerHook: (name: string, callback: HookCallback) => this.registerHook(name, callback),
      setProgrammingModel: (model: ProgrammingModel) => void (this.model = model),
      getProgrammingModel: () => this.model,
      log: (level: LogLevel, category: string, message: string) =>
        this.log({ level, category: `Worker.${category}`, message }),
      Disposable,
    };
  }
}

class Disposable {
  #release: (() => void) | undefined;

  constructor(release: () => void) {
    this.#release = release;
  }

  dispose(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

function systemError(message: string, type: ErrorConstructor = Error): Error {
  return Object.assign(new type(message), { isAzureFunctionsSystemError: true });
}
