import { mishap, move, pending, type Act, type Next } from './advance.ts';
import { lossy } from './lossy.ts';
import { create, lookUp, mayLag, requestIdOf } from './outside.ts';
import { runOf, type State } from './state.ts';

/** A create is answered, lost, refused (with or without a tenant), or continues inside Partner Center. */
export function* sendCreate(state: State, index: number): Generator<Next> {
  const requestId = requestIdOf(runOf(state, index).knowledge);
  yield* lossy(state, index, (next) => create(next, requestId), { kind: 'unanswered' });
  yield* mishap('lost', state, index, () => ({ kind: 'throttled' }), 'THROTTLED');
  if (isTaken(state) || state.refusals.includes(requestId)) return;
  const goOn: Act = (next, run) => {
    next.running = requestId;
    run.waiting = true;
    return pending;
  };
  yield* mishap('running', state, index, goOn, 'RUNNING');
  for (const made of [false, true]) {
    for (const kept of [false, true]) {
      const refuse: Act = (next, run) => {
        run.made = made;
        if (made) create(next, requestId);
        if (kept) next.refusals = [...next.refusals, requestId];
        return { kind: 'refused' };
      };
      const label = `REFUSED${made ? ' though made' : ''}${kept ? ' for good' : ''}`;
      yield* mishap('refusals', state, index, refuse, label);
    }
  }
}

/** The sender of a create that continues inside Partner Center times out. */
export function giveUp(state: State, index: number): Next {
  const unanswered: Act = (_next, run) => {
    run.waiting = false;
    return { kind: 'unanswered' };
  };
  return move(state, index, unanswered, 'TIMEOUT');
}

/** Sets a new password, unless the account lacks the roles. */
export function* resetPassword(state: State, index: number): Generator<Next> {
  if (state.resets === 'forbidden') {
    yield move(state, index, () => 'forbidden');
    yield* mishap('lost', state, index, () => 'unanswered', 'LOST');
    return;
  }
  const set: Act = (next, run) => {
    next.newest++;
    run.reset = next.newest;
    if (next.tenant) next.tenant = { ...next.tenant, password: run.reset };
    return 'done';
  };
  yield* lossy(state, index, set, 'unanswered');
  yield* mishap('forbids', state, index, () => 'forbidden', 'REFUSED');
}

/** An account that may reset passwords can read users; another account may be able to. */
export function* findAdministrator(state: State, index: number): Generator<Next> {
  if (state.resets === 'forbidden') yield move(state, index, () => 'forbidden');
  yield move(state, index, () => 'found');
  yield* mishap('lost', state, index, () => 'unknown', 'LOST');
}

/** Whether the domain is free, before a create or after its refusal. A running create may be visible or not. */
export function* probe(state: State, index: number, effect: 'check' | 'probe'): Generator<Next> {
  const say =
    (domain: 'free' | 'taken' | 'unknown'): Act =>
    () =>
      effect === 'check' ? { domain, passed: true } : domain;
  yield move(state, index, say(isTaken(state) ? 'taken' : 'free'));
  if (state.running !== undefined) yield move(state, index, say('free'));
  if (mayLag(state)) yield* mishap('lags', state, index, say('free'), 'LAG');
  yield* mishap('lost', state, index, say('unknown'), 'LOST');
}

/** Who owns the domain; the lists may not show it yet. */
export function* findOwner(state: State, index: number): Generator<Next> {
  yield move(state, index, (next, { knowledge }) => lookUp(next, knowledge));
  if (mayLag(state)) yield* mishap('lags', state, index, () => ({ kind: 'unknown' }), 'LAG');
}

function isTaken({ tenant, stranger, running }: State): boolean {
  return tenant !== undefined || stranger || running !== undefined;
}
