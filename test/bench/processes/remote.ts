import { fork } from 'node:child_process';
import { once } from 'node:events';
import { typeArguments } from '../../local/type-arguments.ts';

/** The operations of a process; arguments and results are sent as messages. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

/** A separate process that answers calls. */
export interface Remote<H extends Handlers> {
  call<K extends keyof H & string>(name: K, ...argument: Parameters<H[K]>): Promise<Awaited<ReturnType<H[K]>>>;
  stop(): Promise<void>;
}

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: never;
}

interface Answer {
  readonly id: number;
  readonly result?: never;
  readonly error?: string;
}

interface Waiter {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export interface ProcessOptions {
  /** Flags of Node. */
  readonly flags?: readonly string[];
  /** Override the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a file that calls `serve`; resolves when it is ready. */
export async function startProcess<H extends Handlers>(file: URL, options: ProcessOptions = {}): Promise<Remote<H>> {
  const child = fork(file, {
    execArgv: [...typeArguments, ...(options.flags ?? [])],
    env: { ...process.env, ...options.env },
    serialization: 'advanced',
    // Console output of an app is not part of the table.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const waiting = new Map<number, Waiter>();
  const wait = (id: number): Promise<never> =>
    new Promise((resolve, reject) => void waiting.set(id, { resolve, reject }));
  let count = 0;
  child.on('message', ({ id, result, error }: Answer) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) waiter?.resolve(result as never);
    else waiter?.reject(new Error(error));
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`A process of the benchmark ended with ${code}`));
  });
  await wait(count);
  return {
    call: (name, ...[argument]) => {
      const id = ++count;
      child.send({ id, name, argument });
      return wait(id);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Answers the calls of the parent process until the parent ends. */
export function serve(handlers: Handlers): void {
  const send = (answer: { id: number; result?: unknown; error?: string }): void => void process.send?.(answer);
  process.on('message', ({ id, name, argument }: Call) => {
    Promise.resolve(argument)
      .then((value) => handlers[name]?.(value))
      .then((result) => send({ id, result }))
      .catch((error: unknown) => send({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }));
  });
  process.on('disconnect', () => process.exit());
  send({ id: 0 });
}
