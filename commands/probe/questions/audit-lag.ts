import { findFirst } from '../find-first.ts';
import { defineQuestion } from '../question.ts';
import { seconds } from '../words.ts';

/** Polls the audit log until it shows the creation of the first customer, and compares its correlation id. */
export const auditLag = defineQuestion({
  id: 'audit-lag',
  question: 'How late does a creation show in the audit log, and with whose correlation id?',
  assumption: 'Within 24 hours, with the MS-CorrelationId of the create: that proves a customer ours.',
  creates: 0,
  aboutFirst: true,
  answers: {
    'at-once': { verdict: 'confirms', means: 'A customer is proven ours right after the create.' },
    late: { verdict: 'confirms', means: 'Until then a customer is not proven ours: OutcomeUnknown.' },
    'other-correlation-id': {
      verdict: 'breaks',
      means: 'The product would take its own customers for a stranger\u2019s.',
      change: 'lookUpOwner in shared/onboarding/look-up-owner.ts: prove it by something else',
    },
    'not-seen': {
      verdict: 'open',
      means: 'It did not show up while the probe waited. Ask for longer with --wait SECONDS.',
      change: 'day in shared/onboarding/workflow/time-budget.ts, if it takes more than 24 hours',
    },
  },
  async ask(probe) {
    const first = findFirst(probe);
    const { found, misses, milliseconds } = await first.seen.audit;
    const sent = 'GET /v1/auditrecords, filtered by customer, until the creation is there';
    const looks = `${seconds(milliseconds)} after the create, at look ${misses + 1}`;
    if (!found) return { answer: 'not-seen', sent, came: `not there ${looks}` };
    const same = found.correlationId === first.created.customer.correlationId;
    const came = `there ${looks}, ${same ? 'with our correlation id' : 'with another correlation id'}`;
    if (!same) return { answer: 'other-correlation-id', sent, came };
    return { answer: misses === 0 ? 'at-once' : 'late', sent, came };
  },
});
