import { expect, test } from 'vitest';
import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { isSettled, payloadFor, send, stateOf } from '../rig/caller.ts';
import { judge } from '../rig/judge.ts';
import { nameCall } from '../rig/name-call.ts';
import { isFull, passLeases, withProofStack } from '../rig/proof-stack.ts';
import { errorLines, pursue, until } from '../rig/pursue.ts';

const domain = 'unstored.onmicrosoft.com';
const payload = payloadFor('unstored');

/** On a busy machine shorter values fail: a vault misses its part of the time budget, or the lease expires before its holder is called again. */
const longLease = { ONBOARDING_LEASE_SECONDS: '60' };

/** Onboards while no vault accepts credentials; `recover` ends the outage. */
async function failToStore(stack: Stack, status: number): Promise<{ owner: Instance; recover: () => void }> {
  let refuses = true;
  for (const vault of [stack.credentialVault, stack.fallbackVault]) {
    vault?.server.faults.add({
      kind: 'status',
      answer: { status },
      times: Infinity,
      matches: (request) => refuses && / store admin-password/.test(nameCall('a Vault', request)),
    });
  }
  const owner = await stack.startInstance();
  const answer = await send(stack, owner, payload);
  expect(answer).toMatchObject({ status: 503, code: 'CredentialsNotStored' });
  expect(answer.body['customerId']).toBe(stack.partnerCenter.tenants.get(domain)?.customerId);
  expect(judge(stack, domain, [answer])).toEqual([]);
  expect(errorLines(owner, 'CredentialsNotStored')).toHaveLength(1);
  return { owner, recover: () => (refuses = false) };
}

test.concurrent.each([403, 409, 503] as const)(
  'repairs from memory although Partner Center shows the password only once, when both vaults answered %d',
  (status) =>
    withProofStack({ fallbackVault: true, settings: longLease }, async (stack) => {
      stack.partnerCenter.knobs.replay = 'without-password';
      const { owner, recover } = await failToStore(stack, status);
      const found = await owner.call('/api/v1/customers/unstored');
      expect(await found.json()).toMatchObject({ status: 'CredentialsNotStored' });
      recover();
      const answers = await pursue(stack, owner, payload);
      expect([200, 201]).toContain(answers.at(-1)?.status);
      // It may have stored the held credentials by itself: then the last answer is a replay.
      const judged = answers.map((answer) => ({ ...answer, succeededBefore: answer.status === 200 }));
      expect(judge(stack, domain, judged)).toEqual([]);
      expect(stack.partnerCenter.createCalls).toBe(1);
    }),
);

test.concurrent('stores held credentials without being called again', () =>
  withProofStack({ settings: longLease }, async (stack) => {
    const { recover } = await failToStore(stack, 503);
    recover();
    await until(() => stateOf(stack, domain) === 'Succeeded');
    const answer = await send(stack, await stack.startInstance(), payload);
    expect(answer).toMatchObject({ status: 200 });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }));

test.concurrent('lets another instance repair by repeating the request once the lease of the killed one is over', () =>
  withProofStack({}, async (stack) => {
    const { recover } = await failToStore(stack, 503);
    await stack.instances[0]?.kill();
    recover();
    const other = await stack.startInstance();
    expect(await send(stack, other, payload)).toMatchObject({ status: 503, code: 'OnboardingInProgress' });
    passLeases(stack);
    const answer = await send(stack, other, payload);
    expect(answer).toMatchObject({ status: 201 });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }));

test.concurrent('does not declare a password lost while a live instance may still store it', { timeout: 60_000 }, () =>
  withProofStack({ settings: longLease }, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    const { recover } = await failToStore(stack, 503);
    const other = await stack.startInstance();
    for (let count = 0; count < 3; count++) {
      expect(['OnboardingInProgress', 'CredentialsNotStored']).toContain((await send(stack, other, payload)).code);
    }
    expect(stack.table.row(domain)?.properties['outcome']).not.toBe('CredentialsLost');
    recover();
    await until(() => stateOf(stack, domain) === 'Succeeded');
    const answer = await send(stack, other, payload);
    expect(answer).toMatchObject({ status: 200 });
    expect(judge(stack, domain, [answer])).toEqual([]);
  }),
);

// Runs in real time, half a minute; the tests of frozen instances are the short form.
test.concurrent.each(isFull ? ['without-password' as const] : [])(
  'does not store held credentials after another instance has reset the password, %s',
  { timeout: 60_000 },
  (replay) =>
    withProofStack({ flow: 'app+user' }, async (stack) => {
      stack.partnerCenter.knobs.replay = replay;
      const { owner, recover } = await failToStore(stack, 503);
      // Runs in real time: the lease holder measures its lease by its own clock.
      const other = await stack.startInstance();
      const answers = [await send(stack, other, payload)];
      while (!answers.some(isSettled) && answers.length < 40) {
        await sleep(1000);
        answers.push(await send(stack, other, payload));
      }
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(judge(stack, domain, answers)).toEqual([]);
      recover();
      const versions = stack.credentialVault.versions('unstored-onmicrosoft-com-admin-password').length;
      const again = await send(stack, owner, payload);
      expect(again).toMatchObject({ status: 200 });
      expect(stack.credentialVault.versions('unstored-onmicrosoft-com-admin-password')).toHaveLength(versions);
      expect(judge(stack, domain, [again])).toEqual([]);
    }),
);

test.concurrent('stores held credentials although another instance has declared them lost', { timeout: 60_000 }, () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    const { owner, recover } = await failToStore(stack, 503);
    const row = stack.table.row(domain)!;
    const { leaseHolder: _holder, leaseSeconds: _seconds, ...properties } = row.properties;
    // Runs in real time: the lease holder measures its lease by its own clock.
    await sleep(15_500);
    stack.table.put({ ...row, properties: { ...properties, outcome: 'CredentialsLost' } });
    recover();
    const answers = await pursue(stack, owner, payload);
    expect([200, 201]).toContain(answers.at(-1)?.status);
    expect(await send(stack, await stack.startInstance(), payload)).toMatchObject({ status: 200 });
    expect(stack.partnerCenter.createCalls).toBe(1);
  }),
);
