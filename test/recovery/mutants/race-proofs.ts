import { minute, second } from '../simulation/plan.ts';
import { calm, calmWire, caller, killAt, noFaults } from './calm-plan.ts';
import type { Proof } from './mutant.ts';

/** The vault's clock is minutes behind those of the instances, and one of them is frozen for a while within its lease. */
export const wrongClocks: Proof = {
  name: 'wrong clocks',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 2,
    vaultOffsets: [-400 * second, 0],
    clockOffsets: [0, 0, 0],
    knobs: { replay: 'without-password', createDuration: 60 * second },
    callers: [
      { ...caller, instance: 0 },
      ...[5, 70, 75].map((at) => ({ ...caller, instance: 1, startsAt: at * second })),
    ],
    events: [{ at: 59 * second, lasts: 2 * minute, what: { kind: 'freeze', instance: 0, monotonicStops: false } }],
  },
};

/**
 * A create outlives the instance that sent it and its lease. One instance learns that the domain exists and resets the password as soon as the
 * customer is found; another slowly repeats the create and would receive the first password.
 */
export const slowJoiner: Proof = {
  name: 'slow joiner',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 3,
    wire: { ...calmWire, usual: 200, slowness: [1, 1, 45] },
    knobs: { replay: 'same', repeatWhileRunning: 'conflict', createDuration: 309 * second },
    callers: [
      { ...caller, instance: 0 },
      { ...caller, instance: 1, startsAt: 304 * second, tries: 10, interval: 2 * second },
      ...[285, 292, 298].map((at) => ({ ...caller, instance: 2, startsAt: at * second })),
    ],
    events: [killAt(20 * second)],
  },
};

/** A reset that timed out arrives after the next call of the same instance. */
export const lateReset: Proof = {
  name: 'late reset',
  focus: {
    ...calm,
    flow: 'app+user',
    wire: {
      ...calmWire,
      usual: 50,
      late: 0.5,
      faults: { ...noFaults, partnerCenter: 0.3 },
      kinds: ['reset-after'],
      operations: ['createCustomer', 'resetPassword'],
    },
    knobs: { replay: 'without-password' },
    callers: [{ ...caller, tries: 20, interval: 2 * second }],
  },
};

/** One instance is refused while another is slow to send the same request, which is accepted; then a third could reset. */
export const lonelyRefusal: Proof = {
  name: 'lonely refusal',
  focus: {
    ...calm,
    flow: 'app+user',
    instances: 2,
    wire: {
      ...calmWire,
      usual: 200,
      slowness: [1, 45],
      faults: { ...noFaults, partnerCenter: 0.5 },
      kinds: ['status'],
      statuses: [403, 404],
      operations: ['createCustomer'],
    },
    knobs: {},
    callers: [{ ...caller, instance: 1 }, ...[50, 80].map((at) => ({ ...caller, instance: 0, startsAt: at * second }))],
  },
};

/** An instance ends with a create in flight that never arrives. A repeat of the request is refused; then the reason for the refusal disappears. */
export const pastRefusal: Proof = {
  name: 'past refusal',
  focus: {
    ...calm,
    instances: 2,
    wire: {
      ...calmWire,
      faults: { ...noFaults, partnerCenter: 1 },
      kinds: ['reset-before'],
      operations: ['createCustomer'],
    },
    knobs: { createRefusal: { status: 400, code: 800018, leaves: 'nothing', times: 1 } },
    callers: [
      { ...caller, instance: 0 },
      { ...caller, instance: 1, startsAt: 9 * minute },
    ],
    events: [{ at: 2 * minute, lasts: 0, what: { kind: 'kill', instance: 0, monotonicStops: false } }],
    faultsEnd: 3 * minute,
  },
  expected: 'Succeeded',
};

/** Two attempts of a flow that reuses one correlation id: the first was refused, the second outlives its instance. */
export const oneFlow: Proof = {
  name: 'one flow',
  focus: {
    ...calm,
    instances: 3,
    oneCorrelation: true,
    wire: { ...calmWire, usual: 200 },
    knobs: {
      replay: 'same',
      repeatWhileRunning: 'conflict',
      createDuration: 312 * second,
      createRefusal: { status: 400, code: 800018, leaves: 'nothing', times: 1 },
    },
    callers: [
      { ...caller, instance: 0 },
      { ...caller, instance: 0, startsAt: 5 * second },
      { ...caller, instance: 1, startsAt: 310 * second, tries: 12, interval: 2 * second },
    ],
    events: [killAt(20 * second)],
  },
};
