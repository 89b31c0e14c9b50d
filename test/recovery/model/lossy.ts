import { mishap, move, stepOf, type Act, type Answer, type Next } from './advance.ts';
import { canFly, launch } from './flights.ts';
import { runOf, type State } from './state.ts';

/** An effect that is answered, or is not answered and took effect, did not, or takes effect later. */
export function* lossy(state: State, index: number, act: Act, fails: Answer): Generator<Next> {
  const step = stepOf(runOf(state, index));
  yield move(state, index, act);
  const loseAnswer: Act = (next, run) => {
    act(next, run);
    return fails;
  };
  yield* mishap('lost', state, index, loseAnswer, 'ANSWER LOST');
  yield* mishap('lost', state, index, () => fails, 'LOST');
  if (!canFly(step)) return;
  const fly: Act = (next, run) => {
    launch(next, run, step);
    return fails;
  };
  yield* mishap('late', state, index, fly, 'IN FLIGHT');
}
