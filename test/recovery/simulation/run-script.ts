import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '../../local/bundle-script.ts';

export interface ScriptRun {
  readonly script: URL;
  readonly told: readonly string[];
  /** What Node itself is told. */
  readonly flags?: readonly string[];
  /** Ends the process. */
  readonly signal?: AbortSignal;
  /** Sees every line of the output as it comes. */
  readonly onLine: (line: string) => void;
}

/** Runs a script in a process of its own, because virtual time takes a whole one. Gives its exit code, or the signal that ended it. */
export async function runScript({ script, told, flags = [], signal, onLine }: ScriptRun): Promise<number | string> {
  const child = spawn(process.execPath, [...flags, await bundleScript(fileURLToPath(script)), ...told], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  child.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', onLine);
  return new Promise((resolve) => child.once('close', (code, ended) => resolve(ended ?? code ?? 'unknown')));
}
