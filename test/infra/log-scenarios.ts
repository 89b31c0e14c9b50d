import type { LogEntry } from '../local/host/core-types.ts';
import { readExample } from '../local/read-example.ts';
import type { Instance } from '../local/instance.ts';
import { startStack, type Stack, type StackOptions } from '../local/stack.ts';
import { longerTimes } from '../local/short-times.ts';

/** Runs the built app through the failures that the alerts report, and returns every entry that it logged. */
export async function collectEntries(): Promise<LogEntry[]> {
  const collected = await Promise.all([
    run({}, async (stack) => {
      const instance = await stack.startInstance();
      await onboard(instance);
      await onboard(instance);
      const answer = stack.partnerCenter.errorAnswer(403, 2032);
      stack.partnerCenter.server.faults.add({ kind: 'status', answer, matches: () => true });
      await instance.call('/api/v1/connection');
    }),
    run({ settings: longerTimes }, loseAnswer),
    run({ settings: longerTimes }, loseCredentials),
    run({ flow: 'app+user', settings: longerTimes }, loseCredentials),
    run({ fallbackVault: true }, async (stack) => {
      stack.credentialVault.readOnly = true;
      await onboard(await stack.startInstance());
    }),
    run({}, async (stack) => {
      stack.partnerVault.setSecret('partner-client-secret', 'a wrong client secret');
      await onboard(await stack.startInstance());
    }),
    run({ settings: { ADDRESS_VALIDATION: 'sometimes' } }, async (stack) => {
      await onboard(await stack.startInstance());
    }),
    run({}, async (stack) => {
      stack.partnerVault.softDelete('partner-client-secret');
      await onboard(await stack.startInstance());
    }),
    run({}, async (stack) => {
      stack.identity.server.faults.add({ kind: 'status', answer: { status: 400 }, matches: () => true, times: 99 });
      const instance = await stack.startInstance();
      await instance.call('/api/v1/connection');
    }),
    run({ flow: 'app+user' }, letRefreshTokenAge),
  ]);
  return collected.flat();
}

async function run(options: StackOptions, scenario: (stack: Stack) => Promise<void>): Promise<readonly LogEntry[]> {
  const stack = await startStack(options);
  try {
    await scenario(stack);
    return stack.logLines;
  } finally {
    await stack.close();
  }
}

async function onboard(instance: Instance): Promise<number> {
  const answer = await instance.call('/api/v1/customers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(readExample()),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Partner Center never answers the create. */
async function loseAnswer(stack: Stack): Promise<void> {
  const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
  stack.partnerCenter.server.faults.add({ kind: 'timeout-before', matches, times: 99 });
  await onboard(await stack.startInstance());
}

/** The vault refuses writes once the customer exists, the instance with the password is killed, and Partner Center does not return the password again. */
async function loseCredentials(stack: Stack): Promise<void> {
  stack.partnerCenter.knobs.replay = 'without-password';
  stack.partnerCenter.server.onStage = (stage, { operation }) => {
    if (stage === 'processed' && operation === 'createCustomer') stack.credentialVault.readOnly = true;
  };
  const first = await stack.startInstance();
  await onboard(first);
  await first.kill();
  stack.partnerCenter.server.onStage = undefined;
  stack.credentialVault.readOnly = false;
  stack.table.clockOffsetMs += 65_000;
  const second = await stack.startInstance();
  for (let attempt = 0; attempt < 4 && (await onboard(second)) !== 500; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** The refresh token is 80 days old; then the vault refuses the new one; then Entra refuses the token. */
async function letRefreshTokenAge(stack: Stack): Promise<void> {
  const { partnerVault, entra } = stack;
  const name = 'partner-refresh-token';
  const token = partnerVault.latest(name)?.value ?? '';
  partnerVault.clockOffsetMs = -80 * 86_400_000;
  partnerVault.setSecret(name, token);
  partnerVault.clockOffsetMs = 0;
  const renew = async (): Promise<void> => {
    const instance = await stack.startInstance();
    await instance.host?.runTimer('RenewRefreshToken').catch(() => undefined);
  };
  partnerVault.readOnly = true;
  await onboard(await stack.startInstance());
  await renew();
  entra.refreshTokens.clear();
  await renew();
}
