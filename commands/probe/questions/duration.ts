import { NotAsked } from '../probe-refusal.ts';
import { defineQuestion } from '../question.ts';
import { seconds } from '../words.ts';

/** How long the creates of this run took. */
export const duration = defineQuestion({
  id: 'duration',
  question: 'How long does a create take?',
  assumption: 'Less than the 85 % of ONBOARDING_TIMEOUT_SECONDS that are not held back for storing.',
  creates: 0,
  sendsNothing: true,
  answers: {
    within: { verdict: 'confirms', means: 'A create is answered within the call that sends it.' },
    longer: {
      verdict: 'breaks',
      means: 'Calls end with OutcomeUnknown, and the next one fetches the answer.',
      change: 'ONBOARDING_TIMEOUT_SECONDS (at most 225), and ONBOARDING_LEASE_SECONDS above it',
    },
    unanswered: {
      verdict: 'breaks',
      means: 'Some creates were not answered at all.',
      change: 'ONBOARDING_TIMEOUT_SECONDS (at most 225), and ONBOARDING_LEASE_SECONDS above it',
    },
  },
  ask({ timings, settings }) {
    if (timings.length === 0) return Promise.reject(new NotAsked('no create was sent'));
    const sent = `${timings.length} creates and repeats, those that were refused among them`;
    const answered = timings.filter(({ status }) => status !== undefined);
    const succeeded = answered.filter(({ status }) => (status ?? 0) < 300).map(({ milliseconds }) => milliseconds);
    const longest = Math.max(0, ...succeeded);
    const median = succeeded.toSorted((a, b) => a - b)[Math.floor(succeeded.length / 2)] ?? 0;
    const words = `median ${seconds(median)}, longest ${seconds(longest)} of ${succeeded.length} that succeeded`;
    const missing = timings.length - answered.length;
    const came = missing > 0 ? `${words}; ${missing} without an answer` : words;
    const late = longest > settings.onboardingTimeout * 0.85;
    return Promise.resolve({ answer: late ? 'longer' : missing > 0 ? 'unanswered' : 'within', sent, came });
  },
});
