// Onboards the customer in a file (Node.js 22.18 or later):
//   API=https://contoso-onboarding.azurewebsites.net/api KEY=… node examples/onboard.ts customer.json
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { API = 'http://localhost:7071/api', KEY = '', FIRST_WAIT = '2' } = process.env;

interface Body {
  customerId?: string;
  passwordSecretId?: string;
  code?: string;
  message?: string;
  correlationId?: string;
  error?: { details?: { code: string; target?: string; message: string }[] };
}

/** Sends the same payload until the response is final; starts no repeat after 15 minutes. */
async function onboard(payload: string): Promise<Body> {
  const end = Date.now() + 900_000;
  for (let backoff = Number(FIRST_WAIT); ; backoff = Math.min(backoff * 2, 60)) {
    const { status, retryAfter, body } = await send(payload);
    if (status >= 200 && status < 300 && body.customerId) return body;
    if (status === 401) throw new Error(describe('401, the key in KEY is missing or wrong', body));
    if (status >= 300 && status < 500 && status !== 408 && status !== 429) throw new Error(describe(`${status}`, body));
    // A repeat is safe. The platform's own responses have neither Retry-After nor a body.
    const wait = retryAfter || backoff;
    if (Date.now() + wait * 1000 > end) throw new Error(describe(`gave up, last status ${status}`, body));
    console.error(describe(`${status}, next call in ${wait} s`, body));
    await sleep(wait * 1000);
  }
}

/** One call. Status 0: no complete response. The body is empty unless it is JSON. */
async function send(payload: string): Promise<{ status: number; retryAfter: number; body: Body }> {
  try {
    const response = await fetch(`${API}/v1/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-functions-key': KEY },
      body: payload,
      signal: AbortSignal.timeout(240_000),
    });
    const retryAfter = Number(response.headers.get('retry-after')) || 0;
    return { status: response.status, retryAfter, body: readJson(await response.text()) };
  } catch (error) {
    return { status: 0, retryAfter: 0, body: { message: String(error) } };
  }
}

function readJson(text: string): Body {
  try {
    return (JSON.parse(text) as Body | null) ?? {};
  } catch {
    return {};
  }
}

function describe(status: string, { code = '', message = '', correlationId = '', error }: Body): string {
  const details = error?.details ?? [];
  return [
    `${status} ${code} ${message} ${correlationId}`,
    ...details.map((one) => `${one.target ?? one.code}: ${one.message}`),
  ].join('\n');
}

try {
  const { customerId, passwordSecretId } = await onboard(
    await readFile(process.argv[2] ?? 'test/fixtures/onboarding-request.json', 'utf8'),
  );
  console.log(customerId, passwordSecretId);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
