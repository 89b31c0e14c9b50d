import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProbeReport } from '../../../commands/probe/report.ts';
import { findLeaks } from '../../local/canary.ts';
import { startStack, type Stack } from '../../local/stack.ts';
import { bundleScript } from '../../local/bundle-script.ts';

const main = fileURLToPath(new URL('../../../commands/probe/main.ts', import.meta.url));
let stack: Stack;
let folder: string;
const passwords: string[] = [];

beforeAll(async () => {
  stack = await startStack({ flow: 'app+user' });
  const { knobs } = stack.partnerCenter;
  const { makePassword } = knobs;
  knobs.sandbox = true;
  knobs.makePassword = () => {
    passwords.push(makePassword());
    return passwords.at(-1) ?? '';
  };
});
afterAll(() => stack.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
});
afterEach(() => {
  stack.partnerCenter.server.onStage = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs the command in a separate process, in an empty folder; `whenCreated` can send it signals. */
async function probe(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  whenCreated?: NodeJS.Signals,
) {
  const child = spawn(process.execPath, [await bundleScript(main), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...stack.environment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  if (whenCreated) {
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'answered' && operation === 'readAuditRecords') child.kill(whenCreated);
    };
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const journal = join(folder, '.probe-journal.json');
  const kept = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
  const issued = stack.entra.issued.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken ?? '']);
  const secrets = [...passwords, ...stack.partnerSecrets, ...issued].filter((secret) => secret.length >= 6);
  expect(findLeaks([output.stdout, output.stderr, kept].join('\n'), new Set(secrets))).toEqual([]);
  return { code, journal: kept, ...output };
}

test('refuses to run without confirmation that the tenant is a sandbox, and sends nothing', async () => {
  const { code, stdout, stderr } = await probe(['--yes']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('say so with --sandbox');
  expect(stack.partnerCenter.server.requests).toEqual([]);
});

test('refuses to run without a terminal and without consent', async () => {
  const { code, stderr } = await probe(['--sandbox']);
  expect(code).toBe(1);
  expect(stderr).toContain('It creates at most 5 customers in US');
  expect(stderr).toContain('Add --yes');
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test('names the settings and the sign-in that are wrong, without a value', async () => {
  const missing = await probe(['--sandbox', '--yes'], { PARTNER_VAULT_URL: '' });
  expect(missing.stderr).toContain('PARTNER_VAULT_URL is missing');
  const refused = await probe(['--sandbox', '--yes'], { PARTNER_CENTER_SCOPE: 'https://graph.windows.net/.default' });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/PartnerAuthenticationFailed/);
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test('stops on SIGINT and lists what is left; the next start deletes it and prints only JSON', async () => {
  stack.partnerCenter.knobs.auditLag = 1e6;
  const interrupted = await probe(['--sandbox', '--yes'], {}, 'SIGINT');
  const [tenant] = stack.partnerCenter.tenants.values();
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toContain('| Question | What was sent |');
  expect(interrupted.stderr).toContain(`${tenant?.domain} (${tenant?.customerId}): the probe was interrupted`);
  writeFileSync(join(folder, '.probe-journal.json'), interrupted.journal);
  stack.partnerCenter.server.onStage = undefined;
  stack.partnerCenter.knobs.auditLag = 0;
  // The real service takes minutes; a request id that is forgotten at once avoids the wait.
  stack.partnerCenter.knobs.replay = 'without-password';
  const next = await probe(['--sandbox', '--yes', '--json', '--budget', '2']);
  expect(next.code).toBe(0);
  const report = JSON.parse(next.stdout) as ProbeReport;
  expect(report).toMatchObject({ customersCreated: 2, interrupted: false, leftBehind: [] });
  expect(report.rows.find(({ id }) => id === 'replay')).toMatchObject({
    answer: 'without-password',
    verdict: 'breaks',
  });
  expect(next.stderr).toContain(`First it deletes what an earlier run has left:\n  - ${tenant?.domain}`);
  expect(stack.partnerCenter.tenants.size).toBe(0);
  expect(next.journal).toBe('');
}, 60_000);
