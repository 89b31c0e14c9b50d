import {
  afterBegin,
  afterCheck,
  afterFindStored,
  afterRead,
  afterAcquire,
  afterUserName,
  afterWait,
  beginAttempt,
  acquireLease,
} from './begin.ts';
import {
  afterAddUserName,
  afterConfirmation,
  afterCreate,
  afterHeld,
  afterReacquire,
  afterStore,
  completeUnrecorded,
  releaseRow,
  reacquireLease,
  succeed,
} from './create.ts';
import { answerStored, end, go, rowOf, type AnyStep, type Step, type StepName } from './move.ts';
import { compareAndSet } from './compare-and-set.ts';
import type { Effect, Knowledge } from './knowledge.ts';
import {
  afterAdministrator,
  afterClock,
  afterLast,
  afterLookUp,
  afterReset,
  markTaken,
  reportLost,
} from './recover.ts';

const finished = (knowledge: Knowledge) => end(knowledge.ending ?? 'OutcomeUnknown', knowledge);
const kept = { lease: 'hold' } as const;
const released = { lease: 'release' } as const;

/** One step, typed by its effect. */
const step = <E extends Effect>(effect: E, next: Step<E>['next'], diesHere: string): Step<E> => ({
  effect,
  next,
  diesHere,
});

/**
 * Every step of an onboarding. `diesHere` is what is on record if the process dies there; once the lease has expired the next call starts
 * at `read`.
 */
export const steps = {
  read: step('readRow', afterRead, 'nothing happened'),
  wait: step('wait', afterWait, 'nothing happened'),
  acquire: compareAndSet({ ...kept, change: acquireLease, done: afterAcquire, diesHere: 'the lease expires' }),
  findStored: step('findCredentials', afterFindStored, 'the lease expires'),
  check: step('check', afterCheck, 'nothing happened, or the lease expires'),
  begin: compareAndSet({
    ...kept,
    change: beginAttempt,
    done: afterBegin,
    diesHere: 'Open: the next call sends this create',
  }),
  storeUserName: step('storeUserName', afterUserName, 'Open: the next call sends this create'),
  create: step('create', afterCreate, 'Open: the next call sends the same create again'),
  confirmRefusal: step('probe', afterConfirmation, 'Open: the next call sends the same create again'),
  refuse: compareAndSet({
    ...released,
    change: (knowledge) => ({ ...rowOf(knowledge), state: 'Refused' }),
    done: (knowledge) => end('RejectedByPartnerCenter', knowledge),
    diesHere: 'Open: the next call is refused again',
  }),
  storePassword: step('storePassword', afterStore, 'Open, maybe with stored credentials: the next call finds them'),
  addUserName: step('addUserName', afterAddUserName, 'Open: the next call finds the password and adds the user name'),
  complete: compareAndSet({
    ...released,
    change: succeed,
    done: answerStored,
    unavailable: completeUnrecorded,
    diesHere: 'Open: the next call finds the credentials',
  }),
  held: step('readRow', afterHeld, 'Open: the password dies with the process, the next call repeats the create'),
  reacquire: compareAndSet({ ...kept, change: reacquireLease, done: afterReacquire, diesHere: 'Open: as before' }),
  lookUp: step('lookUp', afterLookUp, 'Open: the next call looks it up again'),
  markTaken: compareAndSet({
    ...released,
    change: markTaken,
    done: (knowledge) => end('DomainTaken', knowledge),
    diesHere: 'Open: the next call finds it taken again',
  }),
  repeatLast: step('create', afterLast, 'Open: the next call sends the same create again'),
  findAdministrator: step('findAdministrator', afterAdministrator, 'Open: the next call begins the recovery again'),
  beginReset: compareAndSet({
    lease: 'holdForReset',
    change: (knowledge) => ({ ...rowOf(knowledge), state: 'Resetting' }),
    done: (knowledge) => go('checkClock', knowledge),
    diesHere: 'Resetting: the next call resets again',
  }),
  checkClock: step(
    'checkClock',
    (knowledge, _none, facts) => afterClock(knowledge, facts),
    'Resetting: the next call resets again',
  ),
  resetPassword: step('resetPassword', afterReset, 'Resetting: once the lease has expired the next call resets again'),
  undoReset: compareAndSet({
    ...released,
    change: (knowledge) => ({ ...rowOf(knowledge), state: 'Open' }),
    done: reportLost,
    diesHere: 'Resetting: the next call resets again',
  }),
  lose: compareAndSet({ ...released, change: rowOf, done: reportLost, diesHere: 'Open: the next call recovers again' }),
  release: compareAndSet({
    ...released,
    change: releaseRow,
    done: finished,
    conflict: finished,
    unavailable: finished,
    diesHere: 'the lease expires',
  }),
} as const satisfies Record<StepName, AnyStep>;
