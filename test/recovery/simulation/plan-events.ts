import type { Random } from './random.ts';

/** An event in the environment at a moment of the run. */
export interface PlannedEvent {
  readonly at: number;
  /** Milliseconds until it is undone, if it can be. */
  readonly lasts: number;
  readonly what: Happening;
}

export type Happening =
  | { readonly kind: 'kill' | 'terminate' | 'freeze'; readonly instance: number; readonly monotonicStops: boolean }
  | { readonly kind: 'vault'; readonly vault: 0 | 1; readonly how: 'outage' | 'read-only' | 'no-list' | 'deleted-name' }
  | {
      readonly kind: 'unreachable';
      readonly service: 'partnerCenter' | 'entra' | 'identity' | 'partnerVault' | 'table';
    }
  | { readonly kind: 'stranger'; readonly who: 'stranger' | 'colleague' };

const second = 1000;

/** The events of the fault phase: instances end or freeze, vaults are unavailable, another organization takes the domain. */
export function planEvents(random: Random, faultsEnd: number, fallbackVault: boolean): PlannedEvent[] {
  const events: PlannedEvent[] = [];
  const during = (): number => random.between(0, faultsEnd);
  const early = (): number => random.between(0, Math.min(faultsEnd, 300 * second));
  for (let left = random.pick([0, 0, 1, 2, 3]); left > 0; left--) {
    const kind = random.pick(['kill', 'kill', 'terminate', 'freeze'] as const);
    const what = { kind, instance: random.whole(0, 2), monotonicStops: random.chance(0.5) } as const;
    events.push({ at: random.chance(0.6) ? early() : during(), lasts: random.between(1, 600) * second, what });
  }
  for (let left = random.pick([0, 0, 1, 2, 3]); left > 0; left--) {
    const vault = fallbackVault && random.chance(0.35) ? 1 : 0;
    const how = random.pick(['outage', 'outage', 'read-only', 'no-list', 'deleted-name'] as const);
    const at = random.chance(0.6) ? early() : during();
    events.push({ at, lasts: random.between(5, 900) * second, what: { kind: 'vault', vault, how } });
  }
  if (random.chance(0.3)) {
    const service = random.pick(['partnerCenter', 'entra', 'identity', 'partnerVault', 'table', 'table'] as const);
    events.push({ at: during(), lasts: random.between(5, 400) * second, what: { kind: 'unreachable', service } });
  }
  if (random.chance(0.08)) {
    const who = random.pick(['stranger', 'colleague'] as const);
    events.push({ at: random.chance(0.4) ? 0 : early(), lasts: 0, what: { kind: 'stranger', who } });
  }
  return events.sort((one, other) => one.at - other.at);
}
