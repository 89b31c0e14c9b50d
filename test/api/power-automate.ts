export interface FlowOptions {
  /** The timeout of a call in milliseconds; 120,000 in Power Automate. */
  readonly timeout: number;
  /** Number of retries: 4 in Logic Apps, 2 to 12 in Power Automate. */
  readonly retries: number;
  /** Milliseconds between tries: 7,500 and more in Power Automate. */
  readonly interval: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The outcome of one attempt: a status, or a timeout. */
export type Try = number | 'TimedOut';

export interface FlowRun {
  readonly tries: readonly Try[];
  /** The last answer; undefined if the last attempt timed out. */
  readonly answer: Response | undefined;
}

const stripped = /^(accept(-.*)?|cookie|host|origin|content-(?!type$).*)$/i;
const transient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Calls like the HTTP action of Power Automate and Logic Apps: strips certain headers, times out, and retries with the same body only on 408, 429,
 * 5xx and timeouts. It ignores Retry-After.
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
