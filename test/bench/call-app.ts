import { Agent, request } from 'node:http';
import { localKeys } from '../local/host/keys.ts';
import { readExample } from '../local/read-example.ts';

const agent = new Agent({ keepAlive: true });
const example = readExample();

/** A unique payload: the example with its own domain. */
export function makePayload(domain: string): string {
  return JSON.stringify({ ...example, domain });
}

export interface AppAnswer {
  readonly status: number;
  readonly text: string;
}

/** Posts to the app with the local function key, over connections that are kept alive. */
export function post(url: string, path: string, body: string): Promise<AppAnswer> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-functions-key': localKeys.function,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { method: 'POST', agent, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

let count = 0;

/** Onboards one new customer; throws if the answer is not 201. */
export async function onboardOne(url: string): Promise<AppAnswer> {
  const answer = await post(url, '/api/v1/customers', makePayload(`bench${++count}`));
  if (answer.status !== 201) throw new Error(`An onboarding was answered ${answer.status}: ${answer.text}`);
  return answer;
}

/** Onboards that many new customers with limited concurrency. */
export async function onboardMany(url: string, total: number, concurrency: number): Promise<void> {
  let left = total;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await onboardOne(url);
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
}
