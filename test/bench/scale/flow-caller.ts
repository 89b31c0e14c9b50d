import { post } from '../call-app.ts';

/** Calls like a Power Automate flow: times out after 120 s and repeats 408, 429, 5xx and its own timeouts at growing intervals. */
const patience = 120_000;
const firstPause = 7_500;
const longestPause = 60 * 60_000;
const mostRepeats = 12;

/** The outcome of one flow. Times are milliseconds of the simulated clock. */
export interface FlowEnd {
  readonly status: number;
  readonly attempts: number;
  readonly ended: number;
  readonly waited: number;
}

/** Calls until the answer is one that a flow does not repeat, or its retries are used up. `pick` selects the instance for each attempt. */
export async function runFlow(pick: () => string, body: string, speed: number): Promise<FlowEnd> {
  const clock = (): number => performance.now() * speed;
  const started = clock();
  for (let attempt = 1; ; attempt++) {
    const status = await callOnce(pick(), body, patience / speed);
    const ended = clock();
    const final = status < 500 && status !== 408 && status !== 429;
    if (final || attempt > mostRepeats) return { status, attempts: attempt, ended, waited: ended - started };
    const pause = Math.min(firstPause * 2 ** (attempt - 1), longestPause) * (0.8 + Math.random() * 0.4);
    await new Promise((resolve) => setTimeout(resolve, pause / speed));
  }
}

async function callOnce(url: string, body: string, timeout: number): Promise<number> {
  const answer = post(url, '/api/v1/customers', body).catch(() => ({ status: 502 }));
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<{ status: number }>((resolve) => {
    timer = setTimeout(() => resolve({ status: 408 }), timeout);
  });
  const { status } = await Promise.race([answer, givenUp]);
  clearTimeout(timer);
  return status;
}
