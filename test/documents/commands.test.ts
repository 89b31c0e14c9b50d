import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { customer, post, request, startApp } from '../api/rig.ts';
import { repositoryRoot } from '../local/host/functions-host.ts';
import { localKeys } from '../local/host/keys.ts';
import type { Instance } from '../local/instance.ts';
import { readCodeBlocks } from './page.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('The command of docs/operate.md did not run: there is no curl on this machine.');

/** What the command of the page prints; without curl what its address answers. */
async function list(command: string, app: Instance): Promise<string> {
  const [, path = ''] = /"\$API(\S+)"/.exec(command) ?? [];
  if (!hasCurl) return (await request(app, path)).text;
  const env = { ...process.env, API: `${app.url}/api`, KEY: localKeys.function };
  return (await run('sh', ['-c', command], { cwd: repositoryRoot, env })).stdout;
}

test('docs/operate.md finds an unsettled onboarding with its command, and the same request settles it', async () => {
  const [stack, app] = await startApp({ settings: { ONBOARDING_TIMEOUT_SECONDS: '4' } });
  const payload = customer();
  const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
  stack.partnerCenter.server.faults.add({ kind: 'reset-before', times: 9, matches });
  expect((await post(app, payload)).body.code).toBe('OutcomeUnknown');
  const [block] = readCodeBlocks('docs/operate.md').filter(({ mark }) => mark.startsWith('tested-by='));
  const { value } = JSON.parse(await list(block?.code ?? '', app)) as { value: { domain: string; status: string }[] };
  expect(value.map(({ domain, status }) => [domain, status])).toEqual([
    [`${String(payload['domain'])}.onmicrosoft.com`, 'OutcomeUnknown'],
  ]);
  stack.partnerCenter.server.faults.clear();
  expect((await post(app, payload)).body.status).toBe('Succeeded');
  await stack.close();
});
