import { minute, second } from '../simulation/plan.ts';
import type { PlannedEvent } from '../simulation/plan-events.ts';
import { calm, calmWire, caller } from './calm-plan.ts';
import type { Proof } from './mutant.ts';

/** The first instance is frozen right before its create is answered. */
const frozenFor = (lasts: number): readonly PlannedEvent[] => [
  { at: 29 * second, lasts, what: { kind: 'freeze', instance: 0, monotonicStops: true } },
];

/** An instance is frozen with held credentials and thaws after another has reset the password. */
export const frozenHolder: Proof = {
  name: 'frozen holder',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 2,
    knobs: { replay: 'without-password', createDuration: 30 * second },
    callers: [
      { ...caller, instance: 0 },
      { ...caller, instance: 1, startsAt: 60 * second, tries: 8 },
    ],
    events: frozenFor(9 * minute),
    faultsEnd: 15 * minute,
  },
};

/** The same, but it thaws within its lease: an instance that could reset must wait for the lease. */
export const frozenOwner: Proof = {
  name: 'frozen owner',
  focus: {
    ...frozenHolder.focus,
    events: frozenFor(2 * minute),
  },
  expected: 'Succeeded',
};

/** It stays frozen, and the instance that resets is killed at different writes. */
export const killedResets: Proof = {
  name: 'killed resets',
  focus: {
    ...frozenHolder.focus,
    instances: 3,
    wire: { ...calmWire, kill: 0.08 },
    callers: [
      { ...caller, instance: 0 },
      ...[340, 420, 500, 580, 660, 740, 820].map((at, index) => ({
        ...caller,
        instance: index,
        startsAt: at * second,
      })),
    ],
    events: frozenFor(18 * minute),
    faultsEnd: 19 * minute,
  },
};
