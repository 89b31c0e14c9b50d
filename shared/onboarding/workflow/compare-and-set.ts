import type { Facts, Knowledge } from './knowledge.ts';
import { again, go, stop, type Move, type Step } from './move.ts';
import { noteAnswer } from './recorded-refusal.ts';

interface CompareAndSet {
  readonly lease: NonNullable<Step<'compareAndSet'>['lease']>;
  readonly change: NonNullable<Step<'compareAndSet'>['change']>;
  readonly done: (knowledge: Knowledge, facts: Facts) => Move;
  readonly conflict?: (knowledge: Knowledge) => Move;
  readonly unavailable?: (knowledge: Knowledge) => Move;
  readonly diesHere: string;
}

/** A step that changes the row if it is unchanged since this call read it. */
export function compareAndSet({ done, conflict, unavailable, change, ...step }: CompareAndSet): Step<'compareAndSet'> {
  const onConflict =
    conflict ?? ((knowledge) => (knowledge.holds === 'created' ? go('held', knowledge) : again(knowledge)));
  const onUnavailable = unavailable ?? ((knowledge) => stop(knowledge, 'RecordUnavailable'));
  return {
    effect: 'compareAndSet',
    ...step,
    change(knowledge, material) {
      const row = change(knowledge, material);
      // The create may have taken effect: for a day from now the lists may not show the customer.
      return knowledge.unanswered || knowledge.refused
        ? { ...noteAnswer(row, knowledge, material), unansweredAt: material.now }
        : row;
    },
    next(knowledge, answer, facts) {
      if (answer === 'done') return done(knowledge, facts);
      return answer === 'conflict' ? onConflict(knowledge) : onUnavailable(knowledge);
    },
  };
}
