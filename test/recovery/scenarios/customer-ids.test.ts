import { expect, test } from 'vitest';
import { payloadFor, send } from '../rig/caller.ts';
import { loseFirstAnswers } from '../rig/crash-run.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { pursue } from '../rig/pursue.ts';

const domain = 'named.onmicrosoft.com';
const payload = payloadFor('named');

test.concurrent.each([
  ['the repeat', 0],
  ['the last repeat, after one that met the domain', 1],
])('keeps the commerce id that %s returned without a password', (_what, conflicts) =>
  withProofStack({ flow: 'app+user' }, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    await loseFirstAnswers(stack, [domain]);
    const answer = stack.partnerCenter.errorAnswer(409, 409);
    const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
    if (conflicts > 0) stack.partnerCenter.server.faults.add({ kind: 'status', answer, times: conflicts, matches });
    const answers = await pursue(stack, await stack.startInstance(), payload);
    const { commerceId } = stack.partnerCenter.tenants.get(domain) ?? {};
    expect([answers.at(-1)?.status, answers.at(-1)?.body['commerceId']]).toEqual([201, commerceId]);
    expect(stack.table.row(domain)?.properties['commerceId']).toBe(commerceId);
  }),
);

test.concurrent('records the commerce id while the password is lost', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.knobs.replay = 'without-password';
    await loseFirstAnswers(stack, [domain]);
    const answer = await send(stack, await stack.startInstance(), payload);
    expect(answer.code).toBe('CredentialsLost');
    const { commerceId } = stack.partnerCenter.tenants.get(domain) ?? {};
    expect(stack.table.row(domain)?.properties['commerceId']).toBe(commerceId);
  }));
