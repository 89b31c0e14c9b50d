import { find } from './record.ts';
import { end, go, turnOf, type Move } from './move.ts';
import { rest, underWay, type Run, type State } from './state.ts';

type Outcome = 'shown' | 'without' | 'exists';

/** What Partner Center does with a create, all at once. */
export function create(state: State, index: number, run: Pick<Run, 'id'>): Outcome {
  const known = state.memory[run.id];
  if (known === undefined && (state.tenant || state.stranger)) return 'exists';
  if (known !== undefined) {
    if (state.replay !== 'same') return state.replay === 'exists' ? 'exists' : 'without';
    return 'shown';
  }
  state.passwords += 1;
  state.memory[run.id] = state.passwords;
  state.tenant = { id: run.id, password: state.passwords, run: index };
  return 'shown';
}

/** Sends the create, or sends it again. */
export function post(move: Move): void {
  const { run, index, state } = move;
  const told = (outcome: Outcome, to: State, mover: Run): void => {
    if (outcome === 'shown')
      Object.assign(mover, { at: afterShown(move), password: to.memory[mover.id] ?? 0, tries: 0 });
    else if (outcome === 'without') Object.assign(mover, { at: 'tellGone', notes: [...mover.notes, 'proven'] });
    else Object.assign(mover, { at: 'release', notes: soleOf(mover.notes) });
  };
  move.to((to, mover) => told(create(to, index, mover), to, mover));
  if (state.memory[run.id] !== undefined) move.mishap('busy', (to, mover) => told('exists', to, mover));
  for (const arrives of [true, false]) {
    move.mishap('lostAnswers', (to, mover) => {
      if (arrives) create(to, index, mover);
      mover.notes = [...new Set([...mover.notes, 'unanswered'])].sort();
      mover.tries += 1;
      if (mover.tries > 1) rest(to, index, 'done');
    });
  }
  move.mishap('lateArrivals', (to, mover) => {
    const { id, of, password } = mover;
    to.late.push({ what: 'create', run: index, id, payload: of, password, by: underWay(to) });
    rest(to, index, 'done');
  });
  if (!state.tenant && !state.stranger) move.mishap('refusals', go('probeRefusal'));
  // Refused, although the tenant exists: 27002 was seen.
  if (!state.tenant && !state.stranger) {
    move.mishap('refusals', (to, mover) => {
      create(to, index, mover);
      mover.at = 'probeRefusal';
    });
  }
}

function afterShown({ out }: Move): string {
  return out.has('storeFirst') ? 'succeed' : 'store';
}

/** The only create ever sent, and all of it answered: then "domain exists" speaks of a stranger. */
function soleOf(notes: readonly string[]): readonly string[] {
  return notes.includes('first') && !notes.includes('unanswered') ? [...notes, 'sole'] : notes;
}

/** A refusal is believed once the domain has been probed. */
export function probeRefusal(move: Move): void {
  const taken = move.state.tenant ?? move.state.stranger;
  if (!taken || move.out.has('probeRefusal')) return move.at('refuse');
  move.at('post', { notes: [...new Set([...move.run.notes, 'unanswered'])].sort() });
}

export function refuse(move: Move): void {
  const write = move.write('Refused');
  if (move.state.tenant?.run === move.index) move.done('refused');
  move.effect(write, end(move.index, 'refused'), end(move.index, 'refused'));
}

/** Stores the only copy; whatever fails leaves it in memory. */
export function store(move: Move): void {
  const { index, state, run } = move;
  const keep = (to: State): void => rest(to, index, 'held');
  move.effect(
    (to, { id, password }) => {
      const late = to.events.some(({ kind }) => kind === 'Lost');
      to.stored.push({ vault: to.down === 0 ? 1 : 0, id, password, pending: false, ...(late ? { late } : {}) });
    },
    (to, mover) => Object.assign(mover, { at: 'succeed', version: to.stored.length - 1 }),
    (to, mover) => (mover.tries++ < 1 ? undefined : keep(to)),
  );
  if (state.left.freezes > 0 && !run.notes.includes('background')) move.mishap('freezes', keep);
}

/** Closes the onboarding. Not being able to write it down changes nothing, but for a reset. */
export function succeed(move: Move): void {
  const { run, index, out } = move;
  if (out.has('storeFirst') && run.password > 0 && run.version < 0) {
    return move.effect(
      move.write('Succeeded', { version: -1 }),
      go('store', { version: -2 }),
      go('store', { version: -2 }),
    );
  }
  const own = run.of === run.payload;
  const write = move.write('Succeeded', { version: run.version });
  const ended = end(index, own ? 'success' : 'conflict');
  move.effect(write, ended, ended);
}

/** The copy in memory goes on: at once while its lease lasts, later only after a look. */
export function held(move: Move): void {
  const { run, out, state } = move;
  const lasts = state.events.some(({ owner, by }) => owner === run.owner && by.length > 0);
  if (run.turn > 2) return;
  if ((lasts && !run.notes.includes('late')) || out.has('lookWhenLate'))
    move.at('store', { tries: 0, notes: ['background'], turn: run.turn + 1 });
  else move.at('lateStart', { ...turnOf(move.index, run), notes: ['late'] });
}

export function lateStart(move: Move): void {
  const { whole, succeeded } = move.read();
  const back = (to: State): void => rest(to, move.index, 'held');
  if (!whole) move.to(back);
  else if (succeeded) move.done('quiet');
  else move.effect(move.write('Started'), go('lateList'), back);
}

export function lateList(move: Move): void {
  const { whole, succeeded, claimed } = move.read();
  const found = find(move.state, move.run.id, move.out);
  if (whole && (succeeded || found.resetBegan || found.version >= 0)) move.done('quiet');
  else if (!whole || claimed(move.run)) move.to((to) => rest(to, move.index, 'held'));
  else move.at('store', { tries: 0, notes: ['background', 'late'] });
}
