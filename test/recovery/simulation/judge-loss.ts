import type { Judge } from './judge.ts';
import { hour } from './plan.ts';
import { clock } from './virtual-time.ts';

/** Holds it against the product when it declares credentials lost while a way to them is left. */
export function judgeLoss(judge: Judge, state: string): void {
  const { world } = judge;
  const { plan } = world;
  const { knobs, tenants } = world.stack.partnerCenter;
  const tenant = tenants.get(world.domain);
  if (!tenant) return judge.blame('Lost without a tenant');
  if (tenant.origin !== 'api') return judge.blame("Lost for a colleague's tenant");
  const forbidden = judge.forbiddenAt > clock.now - judge.callTime;
  if (mayReset(judge) && !forbidden && Date.now() - tenant.createdAt < 23 * hour)
    judge.blame('Lost although the password can be reset');
  // A reset that was begun may have set another password: nothing older may be believed.
  if (state === 'Resetting') return;
  const stored = world.vaults.some((vault) =>
    vault.versions(`${world.base}-admin-password`).some(({ value }) => value === tenant.password),
  );
  if (stored) judge.blame('Lost although the password is stored');
  // Renewed every third of it, a lease outlives the call of a living machine by two thirds: the password is its own that long.
  const alone = (Number(plan.settings['ONBOARDING_LEASE_SECONDS'] ?? 60) * 1000) / 2;
  const holder = judge.showings.find(
    ({ instance, at }) =>
      at > clock.now - alone && world.up.some(({ machine }) => machine.name === instance && machine.frozenUntil < at),
  );
  if (holder) judge.blame(`Lost while ${holder.instance} holds the password`);
  const remembered = Date.now() - tenant.createdAt < knobs.replayRetention;
  const shown = plan.knobs.createRefusal?.leaves !== 'tenant';
  if (knobs.replay === 'same' && remembered && shown && judge.toldTaken.size === 0) {
    judge.blame('Lost although a repeat shows the password');
  }
}

/** Whether the product could reset the password, once the roles are assigned. */
export function mayReset({ world: { plan } }: Judge): boolean {
  return plan.flow === 'app+user' && plan.gdap && plan.cloud === 'global';
}
