import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { localKeys } from '../local/host/keys.ts';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { startStack } from '../local/stack.ts';
import { readExamples } from './examples.ts';

const run = promisify(execFile);
const examples = readExamples('README.md');
const quick = { ONBOARDING_TIMEOUT_SECONDS: '4', ONBOARDING_LEASE_SECONDS: '15' };

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('The example for curl did not run: there is no curl on this machine.');
const executed = examples.filter(({ isExecuted, language }) => isExecuted && (language !== 'sh' || hasCurl));

/** Runs an example as its reader would, in the root of the repository; gives what it printed. */
async function execute(language: string, code: string, url: string): Promise<string> {
  const options = { cwd: repositoryRoot, env: { ...process.env, API: `${url}/api`, KEY: localKeys.function } };
  if (language === 'sh') return (await run('sh', ['-c', code], options)).stdout;
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const file = join(folder, 'onboard.mts');
    writeFileSync(file, code);
    return (await run(process.execPath, ['--import', 'tsx', file], options)).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('has examples for curl, TypeScript, PowerShell, C# and a Logic App, the first two executed', () => {
  const list = examples.map(({ language, isExecuted }) => `${language} ${isExecuted ? 'executed' : 'not executed'}`);
  expect(list).toEqual([
    'sh executed',
    'ts executed',
    'powershell not executed',
    'csharp not executed',
    'json not executed',
  ]);
});

test.each(executed)(
  'onboards with the example in $language, also through an outage',
  { timeout: 30_000 },
  async ({ language, code }) => {
    const stack = await startStack({ settings: quick });
    try {
      const { url } = await stack.startInstance();
      stack.credentialVault.outage = true;
      const mended = setTimeout(() => (stack.credentialVault.outage = false), 2500);
      const output = await execute(language, code, url);
      clearTimeout(mended);
      const [tenant, ...others] = [...stack.partnerCenter.tenants.values()];
      expect(others).toEqual([]);
      expect(output).toContain(tenant?.customerId);
      expect(output).toMatch(/\/secrets\/contosocoffee-onmicrosoft-com-admin-password\/[0-9a-f]{32}/);
    } finally {
      await stack.close();
    }
  },
);

test('the example for a Logic App is the action of the flow, but for its sign-in and its body', () => {
  const json = examples.find(({ language }) => language === 'json')?.code ?? '{}';
  const { Onboard_the_customer: action } = JSON.parse(json) as Record<string, { inputs: { retryPolicy: object } }>;
  expect(action?.inputs.retryPolicy).toMatchObject({ type: 'exponential', count: 8 });
});
