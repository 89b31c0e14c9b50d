import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '../../local/bundle-script.ts';

export interface ScriptRun {
  readonly script: URL;
  readonly told: readonly string[];
  /** Arguments for Node itself. */
  readonly flags?: readonly string[];
  /** Ends the process. */
  readonly signal?: AbortSignal;
  /** Receives every line of the output as it arrives. */
  readonly onLine: (line: string) => void;
}

/** Runs a script in a separate process, because virtual time applies to a whole process. Returns its exit code or the signal that ended it. */
export async function runScript({ script, told, flags = [], signal, onLine }: ScriptRun): Promise<number | string> {
  const child = spawn(process.execPath, [...flags, await bundleScript(fileURLToPath(script)), ...told], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  child.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', onLine);
  return new Promise((resolve) => child.once('close', (code, ended) => resolve(ended ?? code ?? 'unknown')));
}
