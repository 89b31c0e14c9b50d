import { expect, onTestFinished } from 'vitest';
import { findLeaks } from '../../local/canary.ts';
import type { Instance } from '../../local/instance.ts';
import { startStack, type Stack, type StackOptions } from '../../local/stack.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** The whole app on loopback for one test. */
export async function openStack(options: StackOptions): Promise<Stack> {
  const stack = await startStack(options);
  onTestFinished(() => stack.close());
  return stack;
}

/** Sends a request with the local function key and reads the answer. */
export async function send(instance: Instance, method: string, path: string, payload?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = await instance.call(path, { method, headers, ...(payload && { body: JSON.stringify(payload) }) });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as Record<string, unknown> };
}

/** Searches every log line and the given texts for the partner's secrets, for all that went to the token endpoint, and for `secrets`. */
export function expectSilence(stack: Stack, secrets: readonly string[], ...texts: readonly string[]): void {
  const searched = new Set([...secrets, ...stack.partnerSecrets, ...stack.entra.codes.keys()]);
  for (const { body, operation } of stack.entra.server.requests) {
    const form = new URLSearchParams(operation === 'token' ? body : '');
    for (const field of ['client_secret', 'client_assertion', 'refresh_token', 'code', 'code_verifier']) {
      for (const value of form.getAll(field)) searched.add(value);
    }
  }
  for (const { accessToken, refreshToken } of stack.entra.issued) {
    searched.add(accessToken);
    if (refreshToken) searched.add(refreshToken);
  }
  expect(findLeaks([JSON.stringify(stack.logLines), ...texts].join('\n'), searched)).toEqual([]);
}
