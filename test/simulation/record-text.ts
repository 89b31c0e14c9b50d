import type { World } from './world.ts';

/** Every secret version of a run's domain in the order of its writing, for traces: kind, time, tags; never a value. */
export function describeRecord({ vaults, base }: World): string[] {
  return vaults.flatMap((vault) =>
    ['onboarding', 'admin-username', 'admin-password'].flatMap((name) =>
      vault.versions(`${base}-${name}`).map(({ created, tags }) => {
        const { event = name, owner = '', requestId = '', pending = '' } = tags;
        const time = new Date(created * 1000).toISOString().slice(11, 19);
        return `${time} ${vault.name} ${event} ${owner} ${requestId.slice(0, 4)} ${pending && 'pending'}`;
      }),
    ),
  );
}
