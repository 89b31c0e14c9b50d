import { expect, test } from 'vitest';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, stateOf } from '../rig/caller.ts';
import { isPasswordStored, judge } from '../rig/judge.ts';
import { nameCall } from '../rig/name-call.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { until } from '../rig/pursue.ts';

const domain = 'ending.onmicrosoft.com';
const payload = payloadFor('ending');

/** Ends an instance without waiting for its requests, so that only the terminate hook can finish the work. */
async function terminateAtOnce(instance: Instance): Promise<void> {
  await instance.host?.terminate({ drain: 0 });
}

async function expectReplay(stack: Stack): Promise<void> {
  const answer = await send(stack, await stack.startInstance(), payload);
  expect(answer).toMatchObject({ status: 200 });
  expect(judge(stack, domain, [answer])).toEqual([]);
}

test.concurrent('stores the credentials of a running create when a real process gets SIGTERM', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.knobs.createDuration = 1500;
    const instance = await stack.startInstance({ process: true });
    const answer = send(stack, instance, payload);
    await until(() => stack.partnerCenter.createCalls > 0);
    await instance.terminate();
    expect(await instance.process?.exited).toEqual({ code: 0, signal: null });
    expect((await answer).status).toBe(201);
    await expectReplay(stack);
  }));

test.concurrent('waits in the terminate hook for a create whose caller was disconnected', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.knobs.createDuration = 1500;
    const instance = await stack.startInstance();
    const answer = send(stack, instance, payload);
    await until(() => stack.partnerCenter.createCalls > 0);
    await terminateAtOnce(instance);
    await answer;
    expect(stateOf(stack, domain)).toBe('Succeeded');
    await expectReplay(stack);
  }));

test.concurrent('finishes the write of held credentials when a real process gets SIGTERM', () =>
  withProofStack({}, async (stack) => {
    stack.credentialVault.server.faults.add({
      kind: 'slow',
      delay: 200,
      matches: (request) => nameCall('credentialVault', request).startsWith('credentialVault store admin-'),
      times: 2,
    });
    const instance = await stack.startInstance({ process: true });
    const answer = send(stack, instance, payload);
    await until(() => stack.partnerCenter.creates(domain) > 0);
    await instance.terminate();
    expect((await answer).status).toBe(201);
    expect(isPasswordStored(stack, domain)).toBe(true);
    await expectReplay(stack);
  }));

test.concurrent('tries once more to store held credentials before it ends', { timeout: 20_000 }, () =>
  withProofStack({}, async (stack) => {
    let refuses = true;
    stack.credentialVault.server.faults.add({
      kind: 'status',
      answer: { status: 503 },
      matches: (request) =>
        refuses && nameCall('credentialVault', request).startsWith('credentialVault store admin-password'),
      times: Infinity,
    });
    // If a repeat returns no password, only this instance can store it.
    stack.partnerCenter.knobs.replay = 'without-password';
    const instance = await stack.startInstance({ process: true });
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'CredentialsNotStored' });
    refuses = false;
    await instance.terminate();
    expect(isPasswordStored(stack, domain)).toBe(true);
    await expectReplay(stack);
  }),
);
