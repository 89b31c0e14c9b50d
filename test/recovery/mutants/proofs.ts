import { minute, second } from '../simulation/plan.ts';
import { calm, calmWire, caller, killAt, noFaults, outage } from './calm-plan.ts';
import type { Proof } from './mutant.ts';

/** A create that takes nearly the whole call, and slow vaults. */
export const slowCreate: Proof = {
  name: 'slow create',
  focus: {
    ...calm,
    wire: { ...calmWire, usual: 4 * second },
    knobs: { createDuration: 165 * second },
    callers: [caller],
  },
};

/** Many callers while every repeat is answered without a password. */
export const gonePassword: Proof = { name: 'gone password', focus: {} };

/** No vault accepts the credentials until the call has been answered; they are never returned again, and the instance ends minutes later. */
export const longOutage: Proof = {
  name: 'long outage',
  focus: {
    ...calm,
    knobs: { replay: 'domain-exists', createDuration: 30 * second },
    callers: [caller],
    events: [{ at: 10 * second, lasts: 210 * second, what: outage }, killAt(400 * second)],
    faultsEnd: 11 * minute,
  },
  expected: 'Succeeded',
};

/** The same, but the instance gets SIGTERM right after the vault is available again. */
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

/** A create that runs for more than a day, and callers who keep repeating. */
export const endlessCreate: Proof = {
  name: 'endless create',
  focus: {
    ...calm,
    knobs: { createDuration: 26 * 60 * minute },
    callers: [{ ...caller, tries: 320, interval: 5 * minute }],
  },
};

/** A vault that executes its requests but seldom answers. */
export const lostAnswers: Proof = {
  name: 'lost answers',
  focus: {
    ...calm,
    knobs: {},
    wire: {
      ...calmWire,
      faults: { ...noFaults, credentialVault: 0.97 },
      kinds: ['reset-after'],
      operations: ['setSecret'],
    },
    callers: [{ ...caller, tries: 6 }],
  },
};

/** Instances are killed at different writes, and the password is never returned again: half of the credentials may be stored. */
export const halfStored: Proof = {
  name: 'half stored',
  focus: {
    ...calm,
    instances: 2,
    knobs: { replay: 'domain-exists' },
    wire: {
      ...calmWire,
      faults: { ...noFaults, credentialVault: 0.5 },
      kill: 0.15,
      kinds: ['status'],
      statuses: [503],
      operations: ['setSecret'],
    },
    callers: [caller, { ...caller, startsAt: 7 * minute }],
  },
};
