import { minute, second } from '../simulation/plan.ts';
import { calm, caller, noFaults, outage } from './calm-plan.ts';
import type { Proof } from './mutant.ts';

/** A create that takes nearly all of the call, and vaults that take their time. */
export const slowCreate: Proof = {
  name: 'slow create',
  focus: {
    ...calm,
    wire: { usual: 4 * second, slowness: [], late: 0, faults: noFaults, kill: 0 },
    knobs: { createDuration: 165 * second },
    callers: [caller],
  },
};

/** Many callers while every repeat is answered without a password. */
export const gonePassword: Proof = { name: 'gone password', focus: {} };

/** No vault takes the credentials until the call has been answered; nothing ever shows them again, and the instance ends minutes later. */
export const longOutage: Proof = {
  name: 'long outage',
  focus: {
    ...calm,
    knobs: { replay: 'domain-exists', createDuration: 30 * second },
    callers: [caller],
    events: [
      { at: 10 * second, lasts: 210 * second, what: outage },
      { at: 400 * second, lasts: 0, what: { kind: 'kill', instance: 0, monotonicStops: false } },
    ],
    faultsEnd: 11 * minute,
  },
  expected: 'Succeeded',
};

/** The same, and the instance is told to stop right after the vault has come back. */
export const terminatedHolder: Proof = {
  name: 'terminated holder',
  focus: {
    ...longOutage.focus,
    events: [
      { at: 10 * second, lasts: 210 * second, what: outage },
      { at: 220.2 * second, lasts: 0, what: { kind: 'terminate', instance: 0, monotonicStops: false } },
    ],
  },
  expected: 'Succeeded',
};

/** A create that runs for more than a day, and callers who do not give up. */
export const endlessCreate: Proof = {
  name: 'endless create',
  focus: {
    ...calm,
    knobs: { createDuration: 26 * 60 * minute },
    callers: [{ ...caller, tries: 320, interval: 5 * minute }],
  },
};

/** A vault that does what it is told and seldom says so. */
export const lostAnswers: Proof = {
  name: 'lost answers',
  focus: {
    ...calm,
    knobs: {},
    wire: {
      usual: 100,
      slowness: [],
      late: 0,
      faults: { ...noFaults, credentialVault: 0.97 },
      kill: 0,
      kinds: ['reset-after'],
      operations: ['setSecret'],
    },
    callers: [{ ...caller, tries: 6 }],
  },
};

/** Instances are killed at one write or another, and nothing ever shows the password again: half of the credentials may be stored. */
export const halfStored: Proof = {
  name: 'half stored',
  focus: {
    ...calm,
    instances: 2,
    knobs: { replay: 'domain-exists' },
    wire: {
      usual: 100,
      slowness: [],
      late: 0,
      faults: { ...noFaults, credentialVault: 0.5 },
      kill: 0.15,
      kinds: ['status'],
      statuses: [503],
      operations: ['setSecret'],
    },
    callers: [caller, { ...caller, startsAt: 7 * minute }],
  },
};
