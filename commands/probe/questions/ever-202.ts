import { NotAsked } from '../probe-refusal.ts';
import { defineQuestion } from '../question.ts';

/** Whether any create of this run was answered 202. */
export const ever202 = defineQuestion({
  id: 'ever-202',
  question: 'Is a create ever answered 202?',
  assumption: 'No.',
  creates: 0,
  sendsNothing: true,
  answers: {
    never: { verdict: 'confirms', means: 'Not in this run.' },
    seen: {
      verdict: 'breaks',
      means: 'The product repeats a request that was answered 202 a few times, then answers OutcomeUnknown.',
      change:
        'readCreateOutcome in shared/partner-center/create-customer.ts, and createCustomer in shared/network/retry-policies.ts (how often it repeats)',
    },
  },
  ask({ timings }) {
    if (timings.length === 0) return Promise.reject(new NotAsked('no create was sent'));
    const statuses = [...new Set(timings.map(({ status }) => String(status ?? 'no answer')))].join(', ');
    const answer = timings.some(({ status }) => status === 202) ? 'seen' : 'never';
    return Promise.resolve({ answer, sent: `${timings.length} creates and repeats`, came: `statuses: ${statuses}` });
  },
});
