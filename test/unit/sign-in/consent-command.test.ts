import { expect, test, vi } from 'vitest';
import { expectNoLeaks } from './expect-no-leaks.ts';
import { startRig, type Rig } from './rig.ts';
import { findPort, follow, runCommand } from './run-command.ts';

// Each test starts a process.
vi.setConfig({ testTimeout: 60_000 });

const environment = (rig: Rig): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...rig.identity.environment,
  PARTNER_AUTH_FLOW: 'app+user',
  PARTNER_AUTHORITY_URL: rig.entra.url,
  PARTNER_VAULT_URL: rig.vault.url,
  CREDENTIAL_VAULT_URL: rig.vault.url,
  ONBOARDING_TABLE_URL: `${rig.vault.url}/account/onboardings`,
});

test('consents from the command line and ends with 0', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const port = await findPort();
  const { code, output } = await runCommand(['--no-browser', '--port', `${port}`], environment(rig), follow);
  expect(output).toContain('Stored the refresh token as version');
  expect(code).toBe(0);
  expect(rig.vault.versions('partner-refresh-token')).toHaveLength(2);
  expectNoLeaks(rig, output);
});

test('ends with 1 and a message when the person declines', async () => {
  const rig = await startRig({ flow: 'app+user' });
  rig.entra.signIn.refusal = 65004;
  const port = await findPort();
  const { code, output } = await runCommand(['--no-browser', '--port', `${port}`], environment(rig), follow);
  expect(output).toMatch(/refused \(AADSTS65004\)/);
  expect(code).toBe(1);
  expect(rig.vault.versions('partner-refresh-token')).toHaveLength(1);
});

test('ends with 1 when no browser connects', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const args = ['--no-browser', '--port', `${await findPort()}`, '--timeout', '1'];
  const { code, output } = await runCommand(args, environment(rig));
  expect(output).toContain('Nobody came back within 1 seconds');
  expect(code).toBe(1);
});

test('ends with 1 when its port is in use', async () => {
  const rig = await startRig({ flow: 'app+user' });
  const port = new URL(rig.vault.url).port;
  const { code, output } = await runCommand(['--no-browser', '--port', port], environment(rig));
  expect(output).toContain(`Port ${port} is in use`);
  expect(code).toBe(1);
});

const bare = { PATH: process.env['PATH'] };
const settings = {
  PARTNER_VAULT_URL: 'https://a.example',
  CREDENTIAL_VAULT_URL: 'https://b.example',
  ONBOARDING_TABLE_URL: 'https://c.example/onboardings',
};
const wrong: Record<string, [args: string[], env: NodeJS.ProcessEnv, sentence: RegExp, code: number]> = {
  'explains itself': [['--help'], bare, /npm run consent .*--no-browser/s, 0],
  'refuses an option that it does not know': [['--nonsense'], bare, /not understood/, 1],
  'refuses a port that is none': [['--port', '0'], bare, /--port must be/, 1],
  'names every missing setting': [[], bare, /PARTNER_VAULT_URL is missing.*CREDENTIAL_VAULT_URL is missing/, 1],
  'says what to do when only the managed identity could sign in': [
    [],
    { ...bare, ...settings, PARTNER_CLIENT_CREDENTIAL: 'managed-identity' },
    /short-lived client secret/,
    1,
  ],
};
for (const [what, [args, env, sentence, code]] of Object.entries(wrong)) {
  test(`${what} and ends with ${code}`, async () => {
    const ended = await runCommand(args, env);
    expect(ended.output).toMatch(sentence);
    expect(ended.code).toBe(code);
  });
}
