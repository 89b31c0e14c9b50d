import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { API = 'http://localhost:7071/api', KEY = '' } = process.env;

type Answer = Record<'customerId' | 'passwordSecretId' | 'code' | 'message' | 'correlationId', string>;

async function onboard(customer: object): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${API}/v1/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-functions-key': KEY },
      body: JSON.stringify(customer),
      signal: AbortSignal.timeout(240_000),
    });
    const body = (await answer.json()) as Answer;
    if (answer.ok) return body;
    const wait = Number(answer.headers.get('retry-after'));
    if (wait === 0 || tries === 8) throw new Error(`${body.code}: ${body.message} (${body.correlationId})`);
    await sleep(wait * 1000);
  }
}

const customer = JSON.parse(readFileSync('test/fixtures/onboarding-request.json', 'utf8')) as object;
const { customerId, passwordSecretId } = await onboard(customer);
console.log(customerId, passwordSecretId);
