import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, test, vi } from 'vitest';
import { handle } from '../../shared/http/handle.ts';
import { readDocumented } from './documented.ts';

test('answers InternalError for what nobody expected, and tells nothing of it', async () => {
  vi.stubEnv('PARTNER_VAULT_URL', 'http://127.0.0.1:1');
  vi.stubEnv('CREDENTIAL_VAULT_URL', 'http://127.0.0.1:1');
  const lines: string[] = [];
  const log = (line: unknown): void => void lines.push(String(line));
  const context = new InvocationContext({ logHandler: (_, line) => log(line) });
  const broken = handle('onboarding', () => Promise.reject(new TypeError('s3cret of nobody')));
  const request = new HttpRequest({ method: 'POST', url: 'http://localhost/api/v1/customers' });
  const { status = 0, headers, body } = (await broken(request, context)) ?? {};
  const text = body as string;
  const answer = new Response(text, { status, headers: headers as Record<string, string> });
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ status: 500, code: 'InternalError' });
  expect(`${text}${lines.join('')}`).not.toContain('s3cret');
  expect(lines.join('')).toContain('"reason":"TypeError"');
});
