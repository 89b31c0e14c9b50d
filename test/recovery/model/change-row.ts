import { mishap, move, pending, stepOf, type Act, type Next } from './advance.ts';
import { launch } from './flights.ts';
import { runOf, type State } from './state.ts';
import { changeOf, put } from './table.ts';

/** A compare-and-set. If it is not answered, the row is read again: its token shows whether the write took effect; if it did not, it is repeated. */
export function* changeRow(state: State, index: number): Generator<Next> {
  const { fresh, write } = runOf(state, index);
  const answered =
    (answer: 'done' | 'conflict' | 'unavailable'): Act =>
    (_next, run) => {
      run.write = 'answered';
      return answer;
    };
  if (state.tableDown) {
    const down: Act = (next, run) => {
      if (write === 'flying' && fresh) launch(next, run, stepOf(run));
      return answered('unavailable')(next, run);
    };
    yield move(state, index, down);
  } else if (fresh && write === 'applied') {
    yield move(state, index, answered('done'), 'recognised');
  } else if (!fresh && !state.without.has('compare-and-set')) {
    yield move(state, index, answered('conflict'));
  } else yield* writeRow(state, index);
}

function* writeRow(state: State, index: number): Generator<Next> {
  const apply: Act = (next, run) => {
    put(next, changeOf(next, stepOf(run), run), run);
    run.write = 'answered';
    return 'done';
  };
  const unanswered =
    (how: 'died' | 'applied' | 'flying'): Act =>
    (next, run) => {
      if (how === 'applied') apply(next, run);
      run.write = how;
      return pending;
    };
  yield move(state, index, apply);
  yield* mishap('lost', state, index, unanswered('applied'), 'ANSWER LOST');
  yield* mishap('lost', state, index, unanswered('died'), 'LOST');
  yield* mishap('late', state, index, unanswered('flying'), 'IN FLIGHT');
}
