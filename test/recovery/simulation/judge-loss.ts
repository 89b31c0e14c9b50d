import type { Judge } from './judge.ts';
import { hour } from './plan.ts';
import { clock } from './virtual-time.ts';

/** Records a violation when the product declares credentials lost that can still be recovered. */
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
  // A reset that has begun may have set another password: no older password may be used.
  if (state === 'Resetting') return;
  const stored = world.vaults.some((vault) =>
    vault.versions(`${world.base}-admin-password`).some(({ value }) => value === tenant.password),
  );
  if (stored) judge.blame('Lost although the password is stored');
  // A lease is renewed after each third of its duration, so it outlives a call of a live machine by two thirds: only its holder may use the password
  // that long.
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
