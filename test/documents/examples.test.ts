import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { read } from '../house/sources.ts';
import { localKeys } from '../local/host/keys.ts';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { startStack } from '../local/stack.ts';

const run = promisify(execFile);
const quick = { ONBOARDING_TIMEOUT_SECONDS: '4', ONBOARDING_LEASE_SECONDS: '15' };

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('The example for curl did not run: there is no curl on this machine.');
const commands: readonly [string, string, string[]][] = [
  ...(hasCurl ? ([['onboard.sh', 'sh', ['examples/onboard.sh']]] as [string, string, string[]][]) : []),
  ['onboard.ts', process.execPath, ['--import', 'tsx', 'examples/onboard.ts']],
];

test.each(commands)('examples/%s onboards, also through an outage', { timeout: 30_000 }, async (_, command, args) => {
  const stack = await startStack({ settings: quick });
  try {
    const { url } = await stack.startInstance();
    stack.credentialVault.outage = true;
    const mended = setTimeout(() => (stack.credentialVault.outage = false), 2500);
    const env = { ...process.env, API: `${url}/api`, KEY: localKeys.function };
    const { stdout } = await run(command, args, { cwd: repositoryRoot, env });
    clearTimeout(mended);
    const [tenant, ...others] = [...stack.partnerCenter.tenants.values()];
    expect(others).toEqual([]);
    expect(stdout).toContain(tenant?.customerId);
    expect(stdout).toMatch(/\/secrets\/contosocoffee-onmicrosoft-com-admin-password\/[0-9a-f]{32}/);
  } finally {
    await stack.close();
  }
});

test('the example for a Logic App is the action of the flow, but for its sign-in and its body', () => {
  const { Onboard_the_customer: action } = JSON.parse(read('examples/logic-app.json')) as Record<
    string,
    { inputs: { retryPolicy: object } }
  >;
  expect(action?.inputs.retryPolicy).toMatchObject({ type: 'exponential', count: 8 });
});
