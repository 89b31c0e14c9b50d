import { findFirst } from '../find-first.ts';
import { defineQuestion } from '../question.ts';
import { seconds } from '../words.ts';

/** Polls the filtered list until it shows the first customer. */
export const listLag = defineQuestion({
  id: 'list-lag',
  question: 'How late does a new customer show in the filtered list?',
  assumption: 'Within 24 hours; until then an open outcome is answered OutcomeUnknown.',
  creates: 0,
  aboutFirst: true,
  answers: {
    'at-once': { verdict: 'confirms', means: 'A look-up right after the create finds it.' },
    late: { verdict: 'confirms', means: 'A recovery by look-up answers OutcomeUnknown for so long.' },
    'not-seen': {
      verdict: 'open',
      means: 'It did not show up while the probe waited. Ask for longer with --wait SECONDS.',
      change: 'day in shared/onboarding/workflow/time-budget.ts, if it takes more than 24 hours',
    },
  },
  async ask(probe) {
    const { found, misses, milliseconds } = await findFirst(probe).seen.list;
    const sent = 'GET /v1/customers, filtered by domain, until it is there';
    const looks = `${seconds(milliseconds)} after the create, at look ${misses + 1}`;
    if (!found) return { answer: 'not-seen', sent, came: `not there ${looks}` };
    return { answer: misses === 0 ? 'at-once' : 'late', sent, came: `there ${looks}` };
  },
});
