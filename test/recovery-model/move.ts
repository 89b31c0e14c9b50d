import { read, type Reading, type Rules } from './record.ts';
import { copy, rest, underWay, type Budget, type Event, type Run, type State } from './state.ts';

/** One state that may follow, what led to it, and what is wrong with it, if anything is by the step itself. */
export interface Next {
  readonly state: State;
  readonly label: string;
  readonly wrong?: string | undefined;
  /** How the call ended, where the step ended it. */
  readonly answer?: Answer;
}

/** The answers that a call may end with; `quiet` ends work that nobody waits for. */
export type Answer =
  'success' | 'conflict' | 'taken' | 'lost' | 'refused' | 'not now' | 'unknown' | 'not stored' | 'quiet';

type Change = (state: State, run: Run) => void;

/** The next step of one run: where it is, and every way in which it may go on. */
export class Move {
  readonly state: State;
  readonly index: number;
  readonly run: Run;
  readonly out: Rules;
  readonly nexts: Next[] = [];

  constructor(state: State, index: number, out: Rules) {
    this.state = state;
    this.index = index;
    this.run = state.runs[index] as Run;
    this.out = out;
  }

  to(change: Change, label = ''): void {
    const state = copy(this.state);
    change(state, state.runs[this.index] as Run);
    this.nexts.push({ state, label: `${this.index} ${this.run.at}${label && ` (${label})`}` });
  }

  at(phase: string, facts: Partial<Run> = {}): void {
    this.to((_state, run) => Object.assign(run, facts, { at: phase }));
  }

  /** Something that takes effect, or not, and whose answer may be lost either way. */
  effect(apply: Change, answered: Change, unanswered: Change): void {
    this.to((state, run) => {
      apply(state, run);
      answered(state, run);
    });
    if (this.state.left.lostAnswers === 0) return;
    for (const happens of [true, false]) {
      this.to(
        (state, run) => {
          state.left.lostAnswers -= 1;
          if (happens) apply(state, run);
          unanswered(state, run);
        },
        happens ? 'answer lost' : 'lost',
      );
    }
  }

  /** Uses up some of what may go wrong, where any of it is left. */
  mishap(kind: keyof Budget, change: Change): void {
    if (this.state.left[kind] === 0) return;
    this.to((state, run) => {
      state.left[kind] -= 1;
      change(state, run);
    }, kind);
  }

  /** Ends the call with an answer, and holds it against the rules when the answer is not true. */
  done(answer: Answer): void {
    this.to(end(this.index, answer), answer);
    const last = this.nexts.at(-1);
    if (last)
      this.nexts[this.nexts.length - 1] = { ...last, answer, wrong: judgeAnswer(this.state, this.index, answer) };
  }

  read(): Reading {
    return read(this.state, this.out);
  }

  /** Adds an event to the first vault that can be reached, under the run's present owner. */
  write(kind: Event['kind'], facts: Partial<Event> = {}): Change {
    const early = kind === 'Started' && this.out.has('releaseLate');
    return (state, run) => {
      const event: Event = {
        kind,
        vault: state.down === 0 ? 1 : 0,
        id: run.id,
        owner: kind === 'Succeeded' || kind === 'Lost' || kind === 'PasswordGone' ? '' : run.owner,
        payload: run.of,
        by: kind === 'Started' || kind === 'Claimed' ? underWay(state) : [],
        version: -1,
        ...facts,
      };
      state.events.push(event, ...(early ? [{ ...event, kind: 'Released' as const, by: [] }] : []));
    };
  }
}

/** Puts a run to rest with an answer; what nobody waits for ends quietly. */
export function end(index: number, _answer: Answer): Change {
  return (state) => rest(state, index, 'done');
}

export function go(phase: string, facts: Partial<Run> = {}): Change {
  return (_state, run) => void Object.assign(run, facts, { at: phase });
}

/** A new turn: what is written from now on has an owner of its own. */
export function turnOf(index: number, run: Run): Partial<Run> {
  return { turn: run.turn + 1, owner: `${run.instance}.${index}.${run.turn + 1}` };
}

function judgeAnswer(state: State, index: number, answer: Answer): string | undefined {
  const { tenant } = state;
  if (answer === 'taken' && tenant) return 'DomainTaken for a tenant of ours';
  if ((answer === 'not now' || answer === 'refused') && tenant?.run === index)
    return `"${answer}" from the call that created it`;
  return undefined;
}
