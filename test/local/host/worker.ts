import type { LogSink } from './core-types.ts';
import { createNetwork, type SeverableNetwork } from './severable-network.ts';
import { startApp } from './start-app.ts';
import type { WorkerApp } from './worker-app.ts';

interface Started {
  readonly app: WorkerApp;
  readonly network: SeverableNetwork;
  /** Ends the calls on this worker. One promise shared by all calls would keep every result as long as the worker lives. */
  readonly running: Set<(reason: Error) => void>;
  readonly end: () => void;
}

/** Emulates the worker process: runs the app within this process, and can be ended and started again. */
export class Worker {
  #started: Started;
  #restarting: Promise<void> | undefined;
  #stopped = false;
  readonly #start: () => Promise<Started>;

  private constructor(started: Started, start: () => Promise<Started>) {
    this.#started = started;
    this.#start = start;
  }

  static async start(appRoot: string, env: Readonly<Record<string, string>>, log: LogSink): Promise<Worker> {
    const start = async (): Promise<Started> => {
      let alive = true;
      const network = createNetwork();
      const sink: LogSink = (entry) => {
        if (alive) log(entry);
      };
      const app = await startApp(appRoot, { env, log: sink, network });
      const running: Started['running'] = new Set();
      const end = (): void => {
        alive = false;
        network.cut();
        for (const reject of running) reject(new Error('The worker was ended'));
      };
      return { app, network, running, end };
    };
    return new Worker(await start(), start);
  }

  get app(): WorkerApp {
    return this.#started.app;
  }

  /** Runs work on the worker; rejects if the worker ends first, and at once while none is running. */
  async run<T>(work: (app: WorkerApp) => Promise<T>): Promise<T> {
    if (this.#restarting) throw new Error('No worker runs yet');
    const { app, running } = this.#started;
    return new Promise<T>((resolve, reject) => {
      running.add(reject);
      work(app)
        .then(resolve, reject)
        .finally(() => running.delete(reject));
    });
  }

  /** Ends the worker and every call that runs on it; the next one starts after `pause` ms. */
  restart(pause: number): void {
    if (this.#restarting || this.#stopped) return;
    this.#started.end();
    this.#restarting = this.#startAgain(pause);
  }

  async #startAgain(pause: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, pause).unref());
    if (!this.#stopped) this.#started = await this.#start();
    this.#restarting = undefined;
  }

  /** Breaks the app's outgoing connections. */
  cut(): void {
    this.#started.network.cut();
  }

  /** Breaks the app's outgoing connections for good; no worker starts after this. */
  stop(): void {
    this.#stopped = true;
    this.cut();
  }
}
