import { minute, second, type Plan, type WirePlan } from '../simulation/plan.ts';
import type { PlannedEvent } from '../simulation/plan-events.ts';

/** No service fails. */
export const noFaults = {
  partnerCenter: 0,
  credentialVault: 0,
  fallbackVault: 0,
  partnerVault: 0,
  entra: 0,
  identity: 0,
  table: 0,
};
/** No connection fails or is slow. */
export const calmWire: WirePlan = { usual: 100, slowness: [], late: 0, faults: noFaults, kill: 0 };
/** One instance, one vault, App-only, no faults. */
export const calm: Partial<Plan> = {
  flow: 'app',
  cloud: 'global',
  gdap: true,
  fallbackVault: false,
  instances: 1,
  settings: {},
  wire: calmWire,
  events: [],
  faultsEnd: 10 * minute,
};
/** A caller with a single call at the start. */
export const caller = { variant: 'A', startsAt: 0, tries: 1, interval: 60 * second, patience: 230 * second } as const;
/** The first vault answers 503. */
export const outage = { kind: 'vault', vault: 0, how: 'outage' } as const;
/** The first instance is killed at this moment. */
export const killAt = (at: number): PlannedEvent => ({
  at,
  lasts: 0,
  what: { kind: 'kill', instance: 0, monotonicStops: false },
});
