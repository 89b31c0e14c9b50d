import type { Happening } from './plan-events.ts';
import type { World } from './world.ts';

/** Somebody else takes the domain: a stranger, or a colleague in the portal. */
export function takeDomain({ stack, domain }: World, who: 'stranger' | 'colleague'): void {
  const { partnerCenter } = stack;
  if (who === 'stranger') return partnerCenter.takeDomain(domain);
  if (partnerCenter.tenants.has(domain)) return;
  try {
    partnerCenter.createInPortal({ domain });
  } catch {
    // Taken by a create that is still running.
  }
}

/** Lets a vault have its trouble; `on` false ends it. */
export function makeTrouble(world: World, { vault, how }: Extract<Happening, { kind: 'vault' }>, on: boolean): void {
  const target = world.vaults[vault];
  if (!target) return;
  const names = ['admin-password', 'admin-username'].map((name) => `${world.base}-${name}`);
  if (how === 'outage') target.outage = on;
  else if (how === 'read-only') target.readOnly = on;
  else if (how === 'no-list') target.permissions[on ? 'delete' : 'add']('list');
  else if (!on) for (const name of names) target.recover(name);
  else {
    // Names of a former life: what this life has stored is not deleted by anybody.
    for (const name of names.filter((one) => target.versions(one).length === 0)) {
      target.setSecret(name, 'of a former life');
      target.softDelete(name);
    }
  }
}
