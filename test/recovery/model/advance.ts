import type { Answers, Effect } from '../../../shared/onboarding/workflow/knowledge.ts';
import type { AnyStep, Step } from '../../../shared/onboarding/workflow/move.ts';
import { steps } from '../../../shared/onboarding/workflow/steps.ts';
import { judgeAnswer } from './judge.ts';
import { factsOf } from './outside.ts';
import { noteMove } from './workflow-page.ts';
import { copy, restingRun, runOf, type Budget, type Run, type State } from './state.ts';

/** A possible next state, and the event that leads to it. */
export interface Next {
  readonly state: State;
  readonly label: string;
}

export type Answer = Answers[Effect];
/** Not answered yet. */
export const pending = Symbol('pending');
/** Changes a copy of the state and returns the answer to the call. */
export type Act = (state: State, run: Run) => Answer | typeof pending;

/** Every call first reads the row. */
export function stepOf({ at }: Run): AnyStep {
  if (at === 'ended') throw new Error('A call that has ended has no step.');
  return steps[at === 'idle' ? 'read' : at];
}

export function nameOf(index: number): string {
  return 'ABCDEFGH'[index] ?? '?';
}

/** Answers a call's request; the call's own step chooses the next one. */
export function move(state: State, index: number, act: Act, label?: string): Next {
  const next = copy(state);
  const run = runOf(next, index);
  const at = run.at === 'idle' ? 'read' : run.at;
  const answer = act(next, run);
  if (answer !== pending) advance(next, index, answer);
  return { state: next, label: `${nameOf(index)} ${at}: ${label ?? describe(answer)}` };
}

/** A move that uses one fault of a kind, if the budget of the question has one left. */
export function* mishap(kind: keyof Budget, state: State, index: number, act: Act, label: string): Generator<Next> {
  if (state.left[kind] <= 0) return;
  const spend: Act = (next, run) => {
    next.left[kind]--;
    return act(next, run);
  };
  yield move(state, index, spend, label);
}

/** The step of a call chooses the next step from the answer. */
export function advance(state: State, index: number, answer: Answer): void {
  const run = runOf(state, index);
  const step = stepOf(run);
  if (step.effect === 'compareAndSet' && answer === 'done') run.knowledge = { ...run.knowledge, row: state.row };
  // The password bypasses the workflow, as in the product.
  if (isPassword(step, answer)) run.password = 1;
  if (step.effect === 'resetPassword' && answer === 'done') run.password = run.reset;
  const facts = factsOf(state, run);
  // The answer belongs to this step's own effect: each act handles exactly one.
  const decided = (step as Step<Effect>).next(run.knowledge, answer, facts);
  if (run.at !== 'ended') noteMove(run.at === 'idle' ? 'read' : run.at, decided);
  if ('outcome' in decided) {
    judgeAnswer(state, run, decided.outcome, decided.knowledge);
    state.runs[index] = restingRun(run.payload, 'ended');
    return;
  }
  run.at = decided.step;
  run.knowledge = decided.knowledge;
  run.unguarded = decided.step === 'storePassword' && !facts.leaseHolds;
  if (run.knowledge.holds === undefined) run.password = 0;
  if (decided.step === 'read') Object.assign(run, { fresh: false, holdsLease: false });
}

function isPassword({ effect }: AnyStep, answer: Answer): boolean {
  return effect === 'create' && typeof answer === 'object' && 'kind' in answer && answer.kind === 'password';
}

function describe(answer: Answer | typeof pending): string {
  if (typeof answer !== 'object') return answer === pending ? '' : String(answer);
  if ('kind' in answer) return answer.kind;
  if ('row' in answer) return answer.row ? `${answer.row.state}, lease ${answer.lease}` : 'no row';
  return JSON.stringify(answer);
}
