import { find } from './record.ts';
import { end, go, turnOf, type Move } from './move.ts';
import { create } from './steps-create.ts';
import { settle } from './steps-begin.ts';
import { rest, underWay } from './state.ts';

/** A repeat was answered without a password: nobody joins any more. */
export function tellGone(move: Move): void {
  const next = go(move.run.notes.includes('proven') ? 'release' : 'lookUp');
  move.effect(move.write('PasswordGone'), next, next);
}

/** Answered, and nothing in hand: others need not wait for this turn. */
export function release(move: Move): void {
  const { notes } = move.run;
  if (notes.includes('unanswered') || notes.includes('sole')) return move.at('look');
  move.effect(move.write('Released'), go('look'), go('look'));
}

/** The domain exists: waits for whoever is at work, then looks whose it is. */
export function look(move: Move): void {
  const { run } = move;
  if (settle(move)) return;
  const { whole, held } = move.read();
  const sent = run.notes.includes('own') && !run.notes.includes('sole');
  if (!whole) move.done(sent ? 'unknown' : 'not now');
  else if (held(run)) move.done(sent ? 'unknown' : 'not now');
  else if (run.notes.includes('proven')) move.at('finish');
  else move.at(sent ? 'tellGone' : 'lookUp');
}

/** Looks the customer up; both lists may lag. */
export function lookUp(move: Move): void {
  const { state, run, out } = move;
  const { started, open, attempt } = move.read();
  const ours = started.find(({ id }) => id === state.tenant?.id);
  const taken = (): void => {
    if (state.tenant) move.done('taken');
    else if (!run.notes.includes('own')) move.done('taken');
    else move.effect(move.write('Refused'), end(move.index, 'taken'), end(move.index, 'taken'));
  };
  const only = started.every(({ owner }) => owner === run.owner) || out.has('soleRule');
  const sole = (run.notes.includes('sole') || (out.has('soleRule') && run.notes.includes('own'))) && only;
  const unknown = (): void => (sole || (open.length === 0 && attempt > 1) ? taken() : move.done('unknown'));
  if (ours) move.at('finish', { id: ours.id, of: ours.payload });
  else if (state.tenant) unknown();
  else taken();
  if (state.left.lags > 0 && ours) {
    const before = move.nexts.length;
    unknown();
    move.nexts.slice(before).forEach(({ state: next }) => (next.left.lags -= 1));
  }
}

/** Ours: what is stored closes it; else the password is recovered, but not declared lost for another payload. */
export function finish(move: Move): void {
  const { run, state, out } = move;
  const found = find(state, run.id, out);
  const own = run.of === run.payload;
  if (!found.whole) move.done(run.notes.includes('own') ? 'unknown' : 'not now');
  else if (!own && found.version < 0 && !state.reset && !out.has('othersLoss')) move.done('conflict');
  else if (found.version >= 0 && !found.resetBegan) move.at('succeed', { version: found.version });
  else move.at('claim', turnOf(move.index, run));
}

/** Nobody gets here while another who read the record before is still quick: a create and all that follows takes longer than that. */
export function claim(move: Move): void {
  const quick = move.state.runs.some(({ at, notes }) => ['probe', 'start'].includes(at) && !notes.includes('slow'));
  if (quick && !move.out.has('slowStart')) return;
  const next = go(move.out.has('listAfterClaim') ? 'claimedFind' : 'claimed');
  move.effect(move.write('Claimed'), next, end(move.index, 'unknown'));
}

/** Flag first, look afterwards; whoever sees another stands back. */
export function claimed(move: Move): void {
  const { run, index } = move;
  const { whole, held } = move.read();
  if (settle(move)) return;
  if (whole && !held(run, run.owner)) return move.at('claimedFind');
  move.effect(move.write('Released'), end(index, 'unknown'), end(index, 'unknown'));
}

export function claimedFind(move: Move): void {
  const { state, run, out } = move;
  const found = find(state, run.id, out);
  if (!found.whole) move.done('unknown');
  else if (found.version >= 0 && !found.resetBegan) move.at('succeed', { version: found.version });
  else if (state.reset) move.at(out.has('pendingFirst') ? 'patch' : 'pending', { password: 0 });
  else move.at(run.of === run.payload && !out.has('lastRepeat') && !out.has('derivedId') ? 'lastRepeat' : 'lose');
}

/** The same request once more, before anything is declared lost. */
export function lastRepeat(move: Move): void {
  const { index } = move;
  move.to((to, mover) => {
    const shown = create(to, index, mover) === 'shown';
    Object.assign(mover, shown ? { at: 'store', password: to.memory[mover.id] ?? 0, tries: 0 } : { at: 'lose' });
  });
  move.mishap('lostAnswers', (to) => rest(to, index, 'done'));
}

export function lose(move: Move): void {
  move.effect(move.write('Lost'), go('unclaim'), end(move.index, 'unknown'));
}

/** Nothing of this turn is in flight: whoever can reset, or still holds the copy, need not wait for the claim. */
export function unclaim(move: Move): void {
  const ended = end(move.index, 'lost');
  move.effect(move.write('Released'), ended, ended);
}

/** The new password is stored, marked as pending, before it is set. */
export function pending(move: Move): void {
  const { index, out } = move;
  move.effect(
    (to, mover) => {
      if (mover.password === 0) mover.password = ++to.passwords;
      const vault = to.down === 0 ? 1 : 0;
      to.stored.push({ vault, id: mover.id, password: mover.password, pending: !out.has('pendingFirst') });
      mover.version = to.stored.length - 1;
    },
    go(out.has('pendingFirst') ? 'succeed' : 'patch'),
    end(index, 'not stored'),
  );
}

/** Sets the new password; a request that is given up may still arrive while the claim lasts. */
export function patch(move: Move): void {
  const { index, out } = move;
  move.effect(
    (to, mover) => {
      if (mover.password === 0) mover.password = ++to.passwords;
      if (to.tenant) to.tenant.password = mover.password;
    },
    go(out.has('pendingFirst') ? 'pending' : 'succeed'),
    end(index, 'unknown'),
  );
  move.mishap('lateArrivals', (to, mover) => {
    const own = to.events.find(({ kind, owner }) => kind === 'Claimed' && owner === mover.owner);
    const { id, of, password } = mover;
    to.late.push({ what: 'reset', run: index, id, payload: of, password, by: own?.by ?? underWay(to) });
    rest(to, index, 'done');
  });
}
