import type { World } from './world.ts';

/** The record and the vault contents of a run's domain, for traces; never a value. */
export function describeRecord({ vaults, base, stack, domain }: World): string[] {
  const { state, outcome, leaseHolder, attempts } = stack.table.row(domain)?.properties ?? {};
  const row = JSON.stringify({ state, outcome, leaseHolder, attempts });
  const secrets = vaults.flatMap((vault) =>
    ['admin-username', 'admin-password'].flatMap((name) =>
      vault.versions(`${base}-${name}`).map(({ created, tags }) => {
        const time = new Date(created * 1000).toISOString().slice(11, 19);
        return `${time} ${vault.name} ${name} ${tags['requestId']?.slice(0, 4) ?? ''}`;
      }),
    ),
  );
  return [row, ...secrets];
}
