import { advance, nameOf, stepOf, type Next } from './advance.ts';
import { answersOf } from './answers.ts';
import { arrive, canFly, launch } from './flights.ts';
import { findTarget, makeTenant } from './outside.ts';
import { copy, restingRun, runOf, type State } from './state.ts';
import { changeOf, put } from './table.ts';
import { putUserName } from './vaults.ts';

/** Every possible next state. */
export function* movesOf(state: State): Generator<Next> {
  for (const index of state.runs.keys()) yield* movesOfRun(state, index);
  yield* expireLease(state);
  yield* endCreate(state);
  yield* changeOutside(state);
  for (const [index, flight] of state.flights.entries()) {
    yield world(state, `late ${flight.kind}`, (next) => {
      next.flights = next.flights.toSpliced(index, 1);
      arrive(next, flight);
    });
  }
}

function world(state: State, label: string, act: (next: State) => void): Next {
  const next = copy(state);
  act(next);
  return { state: next, label };
}

/** A call is answered, one of its earlier writes arrives, or its process dies. */
function* movesOfRun(state: State, index: number): Generator<Next> {
  const run = runOf(state, index);
  if (run.at === 'ended') return;
  const [who, at, step] = [nameOf(index), run.at, stepOf(run)];
  yield* answersOf(state, index);
  if (run.write === 'flying' && run.fresh) {
    yield world(state, `${who} late ${at}`, (next) => {
      put(next, changeOf(next, step, run), runOf(next, index));
      runOf(next, index).write = 'applied';
    });
  }
  const vault = findTarget(state);
  if (at === 'begin' && vault !== undefined && state.userNames[vault] === false) {
    yield world(state, `${who} stores the user name beside`, (next) => putUserName(next, vault));
  }
  if (at === 'idle' || state.left.kills === 0) return;
  const die = (next: State) => {
    next.left.kills--;
    next.runs[index] = restingRun(run.payload, 'ended');
  };
  yield world(state, `KILL ${who} at ${at}`, die);
  const sends =
    !run.waiting && canFly(step) && (step.effect !== 'compareAndSet' || (run.fresh && run.write !== 'applied'));
  if (!sends || state.left.late === 0) return;
  yield world(state, `KILL ${who} at ${at}, in flight`, (next) => {
    next.left.late--;
    launch(next, runOf(next, index), step);
    die(next);
  });
}

/** A lease expires whose holder has died, waits with held credentials, or is frozen. A reset has ended by then, whether it arrived or not. */
function* expireLease(state: State): Generator<Next> {
  const holder = state.runs.find(({ holdsLease }) => holdsLease);
  const resetFlies = state.flights.some(({ kind }) => kind === 'reset') || holder?.at === 'resetPassword';
  if (state.lease !== 'running' || (resetFlies && !state.without.has('time for a reset'))) return;
  const free = !holder || holder.at === 'held';
  if (!free && state.left.freezes === 0) return;
  yield world(state, free ? 'lease over' : 'FREEZE, lease over', (next) => {
    if (!free) next.left.freezes--;
    next.lease = 'expired';
  });
}

/** A create that continued inside Partner Center creates the tenant or fails. */
function* endCreate(state: State): Generator<Next> {
  const { running } = state;
  if (running === undefined) return;
  for (const made of [true, false]) {
    yield world(state, `Partner Center ${made ? 'commits' : 'aborts'}`, (next) => {
      if (made) makeTenant(next, running);
      next.running = undefined;
      const index = next.runs.findIndex(({ waiting }) => waiting);
      if (index < 0) return;
      runOf(next, index).waiting = false;
      advance(next, index, { kind: made ? 'password' : 'unanswered' });
    });
  }
}

function* changeOutside(state: State): Generator<Next> {
  const { left } = state;
  const busy = state.runs.some(({ at }) => at !== 'idle' && at !== 'ended');
  const spend = (kind: keyof State['left'], label: string, change: Partial<State>): Next =>
    world(state, label, (next) => {
      next.left[kind]--;
      Object.assign(next, change);
    });
  if (state.down !== 'nothing') yield world(state, 'vault up', (next) => void (next.down = 'nothing'));
  else if (left.outages > 0 && busy) {
    for (const down of ['first', 'second', 'both', 'writes'] as const) {
      yield spend('outages', `VAULTS DOWN: ${down}`, { down });
    }
  }
  if (state.tableDown) yield world(state, 'table up', (next) => void (next.tableDown = false));
  else if (left.table > 0 && busy) yield spend('table', 'TABLE DOWN', { tableDown: true });
  if (left.strangers > 0 && !state.tenant && state.running === undefined && !state.stranger) {
    yield spend('strangers', 'STRANGER', { stranger: true });
  }
  if (state.repeat === 'fades' && state.tenant && !state.faded) {
    yield world(state, 'Partner Center forgets', (next) => void (next.faded = true));
  }
  const waits = state.runs.every(({ at }) => at === 'idle' || at === 'ended' || at === 'held');
  const rests = waits && state.lease !== 'running' && state.flights.length === 0 && state.running === undefined;
  if (left.days > 0 && rests) yield spend('days', 'A DAY PASSES', { day: state.day + 1 });
  if (left.flips > 0)
    yield spend('flips', 'FLIP', { resets: state.resets === 'impossible' ? 'possible' : 'impossible' });
}
