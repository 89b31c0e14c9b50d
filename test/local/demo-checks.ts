import type { KeyVaultEmulator } from './key-vault/key-vault-emulator.ts';
import type { Stack } from './stack.ts';

/** One call of the demo and its answer. */
export interface DemoRun {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The newest version of every secret of a vault, with its tags; passwords are masked. */
export function describeSecrets(vault: KeyVaultEmulator): string {
  return [...vault.secrets.keys()]
    .flatMap((name) => vault.latest(name) ?? [])
    .map((secret) => {
      const value = secret.name.endsWith('-password') ? '********' : secret.value || '(empty)';
      const tags = Object.entries(secret.tags).map(([name, text]) => `    ${name} = ${text}`);
      return [secret.name, `  value: ${value}`, `  contentType: ${secret.contentType ?? ''}`, '  tags:', ...tags].join(
        '\n',
      );
    })
    .join('\n');
}

/** The faults of a demo run: statuses, headers, secrets, and whether the stored credentials are valid for the new tenant. */
export function findDemoFaults(stack: Stack, first: DemoRun, second: DemoRun): readonly string[] {
  const { credentialVault, partnerCenter } = stack;
  const [tenant, ...others] = [...partnerCenter.tenants.values()];
  const base = tenant?.domain.replaceAll('.', '-') ?? '';
  const userName = credentialVault.latest(`${base}-admin-username`);
  const password = credentialVault.latest(`${base}-admin-password`);
  const checks: readonly [boolean, string][] = [
    [first.status === 201, `the first call answered ${first.status} instead of 201`],
    [first.headers.has('location'), 'the first answer has no Location'],
    [tenant !== undefined && others.length === 0, 'Partner Center does not have exactly one customer'],
    [userName !== undefined, 'the user name is not in the vault'],
    [password !== undefined, 'the password is not in the vault'],
    [
      partnerCenter.opensTenant(tenant?.domain ?? '', userName?.value ?? '', password?.value ?? ''),
      'the stored credentials do not open the new tenant',
    ],
    [second.status === 200, `the second call answered ${second.status} instead of 200`],
    [second.headers.get('idempotent-replayed') === 'true', 'the second answer has no Idempotent-Replayed: true'],
    [partnerCenter.createCalls === 1, `Partner Center saw ${partnerCenter.createCalls} creates instead of 1`],
    [
      password === undefined ||
        !`${first.text}${second.text}${JSON.stringify(stack.logLines)}`.includes(password.value),
      'the password showed up in an answer or a log line',
    ],
  ];
  return checks.flatMap(([isGood, fault]) => (isGood ? [] : [fault]));
}
