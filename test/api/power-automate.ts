export interface FlowOptions {
  /** Milliseconds after which the flow gives up on a call; 120,000 in Power Automate. */
  readonly timeout: number;
  /** How many times it tries again: 4 in Logic Apps, 2 to 12 in Power Automate. */
  readonly retries: number;
  /** Milliseconds between tries: 7,500 and more in Power Automate. */
  readonly interval: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of one try: a status, or a call that was given up. */
export type Try = number | 'TimedOut';

export interface FlowRun {
  readonly tries: readonly Try[];
  /** The last answer; undefined when the last try was given up. */
  readonly answer: Response | undefined;
}

const stripped = /^(accept(-.*)?|cookie|host|origin|content-(?!type$).*)$/i;
const transient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Calls as the HTTP action of Power Automate and Logic Apps does: certain headers stripped, given up after its time limit, tried again
 * with the same body on 408, 429, 5xx and time-outs, and on nothing else. It does not look at Retry-After.
 */
export async function runHttpAction(url: string, body: string, options: FlowOptions): Promise<FlowRun> {
  const kept = Object.entries(options.headers).filter(([name]) => !stripped.test(name));
  const tries: Try[] = [];
  for (;;) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { ...Object.fromEntries(kept), 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(options.timeout),
    }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') return undefined;
      throw error;
    });
    tries.push(answer?.status ?? 'TimedOut');
    if (answer && !transient(answer.status)) return { tries, answer };
    if (tries.length > options.retries) return { tries, answer };
    await new Promise((resolve) => setTimeout(resolve, options.interval));
  }
}
