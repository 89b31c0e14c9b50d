import { HttpRequest, InvocationContext, type HttpHandler } from '@azure/functions';
import { beforeAll, expect, test } from 'vitest';
import { onboardingLimit } from '../../shared/http/concurrency-limit.ts';
import { handle } from '../../shared/http/handle.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { toOnboardingError } from '../../shared/onboarding/to-onboarding-error.ts';
import { readDocumented } from './documented.ts';

const secret = 'Pw1;leaked by a message';

beforeAll(() => {
  process.env['PARTNER_VAULT_URL'] = 'http://127.0.0.1:1';
  process.env['CREDENTIAL_VAULT_URL'] = 'http://127.0.0.1:1';
  process.env['ONBOARDING_TABLE_URL'] = 'http://127.0.0.1:1/account/onboardings';
});

/** Calls a handler as the Functions library does; returns the answer and the log lines. */
async function call(handler: HttpHandler): Promise<{ answer: Response; text: string; lines: string[] }> {
  const lines: string[] = [];
  const logHandler = (_level: string, ...parts: unknown[]): void => void lines.push(parts.join(' '));
  const context = new InvocationContext({ functionName: 'OnboardCustomer', logHandler });
  const request = new HttpRequest({ method: 'POST', url: 'https://app.example/api/v1/customers' });
  const answer = await handler(request, context);
  if (answer instanceof Response) throw new Error('the app answers with plain objects');
  const { status = 0, headers, body } = answer ?? {};
  const response = new Response(body as string, { status, headers: headers as Record<string, string> });
  return { answer: response, text: JSON.stringify(answer), lines };
}

test.each([
  ['an error', new TypeError(secret)],
  ['a text', secret],
  ['nothing', undefined],
])('answers 500 InternalError when the work throws %s, and never shows its text', async (_what, thrown) => {
  const { answer, text, lines } = await call(handle('onboarding', onboardingLimit, () => Promise.reject(thrown)));
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ status: 500, code: 'InternalError' });
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['InternalError', 'onboarding']);
  expect(`${text}${lines.join('')}`).not.toContain('leaked');
});

test('turns an unexpected error into InternalError, with its kind only in the log', () => {
  const lines: unknown[] = [];
  const log = (...line: unknown[]): void => void lines.push(line);
  const error = toOnboardingError(new RangeError(secret), { deadline: Deadline.after(1000), log });
  expect([error.code, error.status]).toEqual(['InternalError', 500]);
  expect(lines).toEqual([['error', 'InternalError', { reason: 'RangeError' }]]);
  expect(JSON.stringify([error, error.message])).not.toContain('leaked');
});
