import { minute, second } from '../simulation/plan.ts';
import { calm, caller, noFaults } from './calm-plan.ts';
import type { Proof } from './mutant.ts';

/** An instance is frozen with the only copy in hand, and thaws after another has reset the password. */
export const frozenHolder: Proof = {
  name: 'frozen holder',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 2,
    knobs: { replay: 'without-password', createDuration: 30 * second },
    callers: [caller, { ...caller, startsAt: 60 * second, tries: 8 }],
    events: [{ at: 29 * second, lasts: 9 * minute, what: { kind: 'freeze', instance: 0, monotonicStops: true } }],
    faultsEnd: 15 * minute,
  },
};

/** The vault's clock is minutes behind those of the instances, and one of them is frozen for a while within its lease. */
export const wrongClocks: Proof = {
  name: 'wrong clocks',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 2,
    vaultOffsets: [-400 * second, 0],
    clockOffsets: [0, 0, 0],
    wire: { usual: 2 * second, late: 0, faults: noFaults, kill: 0 },
    knobs: { replay: 'without-password', createDuration: 60 * second },
    callers: [caller, { ...caller, startsAt: 5 * second, tries: 4 }, { ...caller, startsAt: 8 * second }],
    events: [{ at: 59 * second, lasts: 2 * minute, what: { kind: 'freeze', instance: 0, monotonicStops: false } }],
  },
};

/** Joiners and resetters at the same time: repeats find the first create running, and are shown the first password later. */
export const joinersAndResets: Proof = {
  name: 'joiners and resets',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 3,
    wire: {
      usual: 10 * second,
      late: 0,
      faults: { ...noFaults, partnerCenter: 0.3 },
      kill: 0.03,
      kinds: ['reset-after'],
    },
    knobs: { replay: 'same', repeatWhileRunning: 'conflict', createDuration: 100 * second },
    callers: [0, 0, 20, 40, 90, 95, 100].map((at) => ({
      ...caller,
      startsAt: at * second,
      tries: 4,
      interval: 31 * second,
    })),
    faultsEnd: 20 * minute,
  },
};

/** Resetters are killed at every write, and a frozen instance thaws with the first password in hand. */
export const killedResets: Proof = {
  name: 'killed resets',
  focus: {
    ...frozenHolder.focus,
    instances: 3,
    wire: { usual: 100, late: 0, faults: noFaults, kill: 0.15 },
    callers: [caller, ...[60, 400, 700].map((at) => ({ ...caller, startsAt: at * second, tries: 6 }))],
    events: [{ at: 29 * second, lasts: 18 * minute, what: { kind: 'freeze', instance: 0, monotonicStops: true } }],
    faultsEnd: 25 * minute,
  },
};

/** One call is slow to start while another creates, loses the answer, is told that the domain exists, and resets. */
export const slowStart: Proof = {
  name: 'slow start',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 3,
    wire: {
      usual: 3 * second,
      late: 0.1,
      faults: { ...noFaults, partnerCenter: 0.15 },
      kill: 0,
      kinds: ['reset-after'],
    },
    knobs: { replay: 'same', repeatWhileRunning: 'taken', createDuration: 8 * second },
    callers: [caller, caller, { ...caller, startsAt: second }, { ...caller, startsAt: 3 * second }],
  },
};
