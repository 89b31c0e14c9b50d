import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { format } from 'node:util';
import { compileFunction, constants } from 'node:vm';
import type { LogLevel, LogSink } from './core-types.ts';
import type { SeverableNetwork } from './severable-network.ts';

/** What one instance of the app has for itself. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  /** The module `@azure/functions-core`. */
  readonly core: unknown;
  readonly log: LogSink;
  readonly network: SeverableNetwork;
}

type ModuleWrapper = (...values: unknown[]) => void;
const parameters = ['exports', 'require', 'module', '__filename', '__dirname', 'process', 'console', 'fetch'];
const compiled = new Map<string, ModuleWrapper>();

/**
 * Runs the app's main file, a CommonJS bundle, with fresh module state and an environment of its own, so that one
 * process holds many
 * instances. What it writes to the console, stdout or stderr goes to `log`. Throws what the file throws.
 */
export function loadApp(file: string, surroundings: Surroundings): void {
  const { env, core, log, network } = surroundings;
  const require = createRequire(file);
  const shadowProcess = createProcess(env, log);
  const answerRequire = (name: string): unknown => {
    if (name === '@azure/functions-core') return core;
    if (name === 'process' || name === 'node:process') return shadowProcess;
    return network.modules.get(name) ?? (require(name) as unknown);
  };
  const module = { exports: {} };
  const shadowRequire = Object.assign(answerRequire, { resolve: require.resolve, cache: require.cache });
  const own = [shadowProcess, createConsole(log), network.fetch];
  compileMain(file)(module.exports, shadowRequire, module, file, dirname(file), ...own);
}

/** The file that package.json names as `main`. Throws when it has not been built. */
export function findMainFile(appRoot: string): string {
  const { main } = JSON.parse(readFileSync(resolve(appRoot, 'package.json'), 'utf8')) as { main?: string };
  if (!main) throw new Error('package.json names no main file');
  const file = resolve(appRoot, main);
  if (!existsSync(file)) throw new Error(`${main} does not exist: run "npm run build" first`);
  return file;
}

/**
 * The compiled function holds no state of the app, so every instance shares it and start-up costs a few
 * milliseconds.
 */
function compileMain(file: string): ModuleWrapper {
  const key = `${file} ${statSync(file).mtimeMs}`;
  const known = compiled.get(key);
  if (known) return known;
  const wrapper = compileFunction(readFileSync(file, 'utf8').replace(/^#!.*/, ''), parameters, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as ModuleWrapper;
  compiled.set(key, wrapper);
  return wrapper;
}

function createProcess(env: Surroundings['env'], log: LogSink): NodeJS.Process {
  const own: Record<string | symbol, unknown> = {
    env: { ...env },
    stdout: createStream('information', log),
    stderr: createStream('error', log),
  };
  return new Proxy(process, {
    get: (target, name): unknown => (name in own ? own[name] : Reflect.get(target, name, target)),
  });
}

function createStream(level: LogLevel, log: LogSink): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      log({ level, category: 'Host.Function.Console', message: String(chunk).trimEnd() });
      done();
    },
  });
}

function createConsole(log: LogSink): Console {
  const write =
    (level: LogLevel) =>
    (...values: unknown[]): void =>
      log({ level, category: 'Host.Function.Console', message: format(...values) });
  const information = write('information');
  return Object.assign(Object.create(console) as Console, {
    log: information,
    info: information,
    dir: information,
    debug: write('debug'),
    trace: write('trace'),
    warn: write('warning'),
    error: write('error'),
  });
}
