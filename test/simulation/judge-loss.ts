import type { Judge } from './judge.ts';
import { clock } from './virtual-time.ts';

/** Holds it against the product when it declares credentials lost while a way to them is left. */
export function judgeLoss(judge: Judge): void {
  const { world } = judge;
  const { plan } = world;
  const { knobs, tenants } = world.stack.partnerCenter;
  const tenant = tenants.get(world.domain);
  if (!tenant) return judge.blame('Lost without a tenant');
  if (tenant.origin !== 'api') return judge.blame("Lost for a colleague's tenant");
  if (mayReset(judge)) judge.blame('Lost although the password can be reset');
  const stored = world.vaults.some((vault) =>
    vault
      .versions(`${world.base}-admin-password`)
      .some(({ value, tags }) => value === tenant.password && tags['pending'] === undefined),
  );
  if (stored) judge.blame('Lost although the password is stored');
  // A lease outlives its call by that much at least, so whoever was shown the password has it to itself that long.
  const alone = Number(plan.settings['ONBOARDING_LEASE_SECONDS'] ?? 300) * 1000 - judge.callTime;
  const holder = judge.showings.find(
    ({ instance, at }) => at > clock.now - alone && world.up.some(({ machine }) => machine.name === instance),
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
