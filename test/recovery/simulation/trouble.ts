import type { Happening } from './plan-events.ts';
import type { World } from './world.ts';

/** Someone else takes the domain: another organization, or a colleague in the portal. */
export function takeDomain({ stack, domain }: World, who: 'stranger' | 'colleague'): void {
  const { partnerCenter } = stack;
  if (who === 'stranger') return partnerCenter.takeDomain(domain);
  if (partnerCenter.tenants.has(domain)) return;
  try {
    partnerCenter.createInPortal({ domain });
  } catch {
    // Already taken by a create that is still running.
  }
}

/** Starts a vault fault; `on` false ends it. */
export function makeTrouble(world: World, { vault, how }: Extract<Happening, { kind: 'vault' }>, on: boolean): void {
  const target = world.vaults[vault];
  if (!target) return;
  const names = ['admin-password', 'admin-username'].map((name) => `${world.base}-${name}`);
  if (how === 'outage') target.outage = on;
  else if (how === 'read-only') target.readOnly = on;
  else if (how === 'no-list') target.permissions[on ? 'delete' : 'add']('list');
  else if (!on) for (const name of names) target.recover(name);
  else {
    // Only names from before this run: nothing stored in this run is deleted.
    for (const name of names.filter((one) => target.versions(one).length === 0)) {
      target.setSecret(name, 'of a former life');
      target.softDelete(name);
    }
  }
}
