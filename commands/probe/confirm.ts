import { createInterface } from 'node:readline/promises';
import { ProbeRefusal } from './probe-refusal.ts';

/** Asks for confirmation at the terminal; throws `ProbeRefusal` if there is no terminal or the answer is not yes. */
export async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new ProbeRefusal('Nobody is there to agree. Add --yes, if this is what you want. Nothing was created.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const refusal = new ProbeRefusal('Nothing was created.');
  // Ctrl-C closes the readline interface instead of reaching the process.
  const closed = new Promise<never>((_resolve, reject) => terminal.once('close', () => reject(refusal)));
  closed.catch(() => undefined);
  try {
    const answer = await Promise.race([terminal.question('\nType yes to go on: '), closed]);
    if (answer.trim().toLowerCase() !== 'yes') throw refusal;
  } catch {
    throw refusal;
  } finally {
    terminal.close();
  }
}
