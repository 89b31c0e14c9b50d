import { find, isOwn } from './record.ts';
import { end, go, turnOf, type Move } from './move.ts';

/** Reads the record and decides by it. */
export function readRecord(move: Move): void {
  const { run, out, state } = move;
  const record = move.read();
  const { whole, succeeded, lost, open, started, gone, spent, attempt } = record;
  if (lost && whole && !succeeded && !state.reset && lost.payload === run.payload) {
    // Stored since, by whoever held it.
    const found = find(state, lost.id, out);
    if (found.version >= 0 && !found.resetBegan)
      return move.at('succeed', { id: lost.id, of: lost.payload, version: found.version });
  }
  if (settle(move)) return;
  const mine = open.filter(({ payload }) => payload === run.payload);
  const own = mine.findLast(({ id: one }) => !gone.has(one)) ?? mine.at(-1);
  const id = nextId(move, attempt);
  if (own) {
    const notes = [...(record.held(run) ? ['held'] : []), ...(gone.has(own.id) ? ['gone'] : [])];
    if (whole) move.at(spent.has(own.id) ? 'probeSpent' : 'resume', { id: own.id, of: run.payload, notes });
    else move.done('not now');
    return;
  }
  if (open.length > 0 || lost) {
    if (record.held(run) || !whole) move.done('not now');
    else move.at('probe', { id, of: run.payload, notes: ['others'] });
    return;
  }
  const notes = [...(whole ? ['whole'] : []), ...(started.length > 0 ? ['others'] : [])];
  if (run.at === 'relist') {
    if (!whole) move.done('not now');
    else if (started.length > 0) move.at('look', { notes: [] });
    else move.done('taken');
  } else if (state && !succeeded) move.at('probe', { id, of: run.payload, notes });
}

function nextId({ run, out, index }: Move, attempt: number): string {
  return `${run.payload}.${attempt}${out.has('derivedId') ? `.${index}` : ''}`;
}

/** Refused, and in nobody's flight: on a domain that is free still the next attempt begins. */
export function probeSpent(move: Move): void {
  const { state, index, run } = move;
  if (state.tenant || state.stranger) move.at('resume');
  else move.at('start', { ...turnOf(index, run), id: nextId(move, move.read().attempt), notes: [] });
}

/** What the record says for good ends the call. */
export function settle(move: Move): boolean {
  const { whole, succeeded, lost } = move.read();
  if (succeeded) move.done(succeeded.payload === move.run.payload ? 'success' : 'conflict');
  else if (lost && !move.state.reset) move.done(whole ? 'lost' : 'not now');
  else return false;
  return true;
}

/** Asks whether the domain is taken. */
export function probe(move: Move): void {
  const { notes } = move.run;
  if (!move.state.tenant && !move.state.stranger) move.at('start', { ...turnOf(move.index, move.run), notes: [] });
  else if (!notes.includes('whole') && !notes.includes('others')) move.done('not now');
  else if (notes.includes('others')) move.at('look', { notes: [] });
  else if (move.out.has('secondList')) move.done('taken');
  else move.at('relist');
}

/** Puts the start on record, then sends the create. Whoever is slow looks at the record again in between. */
export function start(move: Move): void {
  const slow = move.run.notes.includes('slow');
  if (!slow) move.at('start', { notes: ['slow'] });
  const again = slow && !move.out.has('slowStart');
  const begin = go(again ? 'joined' : 'post', { notes: ['own', 'first'], tries: 0 });
  if (move.out.has('startedFirst')) return move.to(begin);
  move.effect(move.write('Started'), begin, end(move.index, 'not now'));
}

/** Takes up an open request: what is stored closes it, otherwise the request is joined. */
export function resume(move: Move): void {
  const { run } = move;
  const held = run.notes.includes('held');
  if (held) move.at('read');
  if (findStored(move, held)) return;
  // A request that cannot be built again can only be looked up.
  if (run.notes.includes('gone') || move.out.has('derivedId')) return move.at('look', { notes: [] });
  move.at('join', turnOf(move.index, run));
  reuse(move);
}

/** A start of this instance that outlives the call serves it too. */
function reuse(move: Move): void {
  const { run, index } = move;
  const mine = move.read().open.find(({ id, owner, by }) => id === run.id && isOwn(owner, run) && by.length > 0);
  if (!mine) return;
  move.to((state, mover) => {
    state.events = state.events.map((event) =>
      event.kind === 'Started' && event.owner === mine.owner
        ? { ...event, by: [...event.by, index].sort((one, other) => one - other) }
        : event,
    );
    Object.assign(mover, { at: 'joinedFind', owner: mine.owner, notes: ['own', 'unanswered'], tries: 0 });
  }, 'reused');
}

export function join(move: Move): void {
  const seen = go(move.out.has('listAfterJoin') ? 'post' : 'joined', { notes: ['own'], tries: 0 });
  move.effect(move.write('Started'), seen, end(move.index, 'not now'));
}

/** Flag first, look afterwards. */
export function joined(move: Move): void {
  const record = move.read();
  if (settle(move)) return;
  if (!record.whole || record.claimed(move.run)) move.done('not now');
  else move.at('joinedFind');
}

export function joinedFind(move: Move): void {
  if (!findStored(move, false)) move.at('post');
}

/** Stored credentials close the request; a reset that has begun must be finished. True when either goes on from here. */
export function findStored(move: Move, held: boolean): boolean {
  const found = find(move.state, move.run.id, move.out);
  if (!found.whole) move.done('not now');
  else if (found.resetBegan && held) move.done('not now');
  else if (found.resetBegan) move.at('claim', turnOf(move.index, move.run));
  else if (found.version >= 0) move.at('succeed', { version: found.version });
  else return false;
  return true;
}
