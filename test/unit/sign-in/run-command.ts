import { execFile, type ExecFileException } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { bundleScript } from '../../local/bundle-script.ts';

/** The result of the command: its exit code and its output. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs the command of `npm run consent -- …`; `visit` is called with the address as soon as it is printed. */
export async function runCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
  visit?: (url: string) => void,
): Promise<Ended> {
  const parts = [await bundleScript('commands/consent/main.ts'), ...args];
  return new Promise((resolve) => {
    const ended = (error: ExecFileException | null, stdout: string, stderr: string): void =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
    const child = execFile(process.execPath, parts, { env, timeout: 50_000 }, ended);
    let seen = '';
    child.stdout?.on('data', (text: string) => {
      seen += text;
      const url = /^http\S+authorize\?\S+$/m.exec(seen)?.[0];
      if (!url || !seen.includes('Waiting')) return;
      seen = '';
      visit?.(url);
    });
  });
}

/** A port that is free and stays free: outside the ephemeral range of the system (32768 and up on Linux). */
export async function findPort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return findPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Acts as the person: opens the address and follows the redirect back. */
export function follow(url: string): void {
  fetch(url).catch(() => undefined);
}
