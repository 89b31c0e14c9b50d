import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RunningProduct {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `npm start` on a free port, as a person would, and waits until it says where it listens. */
export async function startProduct(): Promise<RunningProduct> {
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: npm does not pass every signal on to what it started.
    detached: true,
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.pid === undefined) return;
    process.kill(-child.pid, 'SIGTERM');
    await exited;
  };
  // Nothing is left behind when this process ends before it could stop the product.
  process.once('exit', () => child.exitCode === null && child.pid !== undefined && process.kill(-child.pid, 'SIGTERM'));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`npm start did not come up:\n${output}`)), 60_000);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /(http:\/\/localhost:\d+)\/docs/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.on('exit', () => reject(new Error(`npm start ended:\n${output}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}
