import type { AnswerBody } from '../recovery/simulation/caller.ts';
import type { World } from '../recovery/simulation/world.ts';

/** The faults of a successful onboarding: the tenant, its credentials, the number of versions. */
export function judgeOnboarding(world: World, domain: string, body: AnswerBody): string[] {
  const { partnerCenter } = world.stack;
  const base = domain.replaceAll('.', '-');
  const versionOf = (id = ''): string => id.split('/').at(-1) ?? '';
  const valueOf = (name: string, version: string): string =>
    world.vaults.flatMap((vault) => vault.versions(`${base}-${name}`)).find((one) => one.version === version)?.value ??
    '';
  const userName = valueOf('admin-username', versionOf(body.userNameSecretId));
  const password = valueOf('admin-password', versionOf(body.passwordSecretId));
  const most = Math.max(...namesOf(base).flatMap((name) => world.vaults.map((vault) => vault.versions(name).length)));
  return [
    ...(partnerCenter.creates(domain) === 1 ? [] : [`${domain}: ${partnerCenter.creates(domain)} tenants`]),
    ...(partnerCenter.opensTenant(domain, userName, password) ? [] : [`${domain}: the stored password opens nothing`]),
    ...(most < 50 ? [] : [`${domain}: ${most} versions`]),
  ];
}

/** Removes a domain from the emulators, so that only the app's memory can grow. */
export function forgetDomain(world: World, domain: string): void {
  world.stack.partnerCenter.forget(domain);
  world.passwords.length = 0;
  for (const vault of world.vaults) {
    const secrets = vault.secrets as Map<string, unknown>;
    for (const name of namesOf(domain.replaceAll('.', '-'))) secrets.delete(name);
  }
}

function namesOf(base: string): string[] {
  return [`${base}-onboarding`, `${base}-admin-username`, `${base}-admin-password`];
}
