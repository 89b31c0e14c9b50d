import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { format } from 'node:util';
import { compileFunction, constants } from 'node:vm';
import { guessLevel } from './console-level.ts';
import type { LogLevel, LogSink } from './core-types.ts';
import type { SeverableNetwork } from './severable-network.ts';

/** What belongs to one instance of the app alone. */
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
 * Runs the app's main file, a CommonJS bundle, with its own module state and environment, so that one process can hold
 * many instances. What it writes to the console, stdout or stderr goes to `log`. Throws what the file throws.
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
 * The compiled function holds no state of the app, so all instances share it and start within a few milliseconds.
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
    stdout: createStream(() => 'information', log),
    stderr: createStream(guessLevel, log),
  };
  return new Proxy(process, {
    get: (target, name): unknown => (name in own ? own[name] : Reflect.get(target, name, target)),
  });
}

type LevelOf = (line: string) => LogLevel;

function createStream(levelOf: LevelOf, log: LogSink): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      writeLines(String(chunk).trimEnd(), levelOf, log);
      done();
    },
  });
}

/** Like the worker's console, which writes to stdout and stderr: one log entry per line, with the level that the host assigns. */
function createConsole(log: LogSink): Console {
  const write =
    (levelOf: LevelOf) =>
    (...values: unknown[]): void =>
      writeLines(format(...values), levelOf, log);
  const stdout = write(() => 'information');
  const stderr = write(guessLevel);
  return Object.assign(Object.create(console) as Console, {
    log: stdout,
    info: stdout,
    dir: stdout,
    debug: stdout,
    trace: stderr,
    warn: stderr,
    error: stderr,
  });
}

function writeLines(text: string, levelOf: LevelOf, log: LogSink): void {
  for (const message of text.split('\n')) log({ level: levelOf(message), category: 'Host.Function.Console', message });
}
