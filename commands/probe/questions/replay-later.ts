import { findFirst } from '../find-first.ts';
import { NotAsked } from '../probe-refusal.ts';
import { defineQuestion } from '../question.ts';
import { repeatCreate, repeatWords } from '../repeat-create.ts';
import { seconds } from '../words.ts';

/** Repeats the first create at growing intervals until the answer changes. */
export const replayLater = defineQuestion({
  id: 'replay-later',
  question: 'For how long does a repeat return the password?',
  assumption: 'For longer than a lease (ONBOARDING_LEASE_SECONDS), after which another instance takes over.',
  creates: 0,
  aboutFirst: true,
  answers: {
    remembered: { verdict: 'confirms', means: 'Longer than a lease.' },
    'remembered-so-far': { verdict: 'open', means: 'Until the last repeat. Ask for longer with --long MINUTES.' },
    forgotten: { verdict: 'confirms', means: 'It is forgotten one day, but not before a lease is over.' },
    'forgotten-early': {
      verdict: 'breaks',
      means: 'Who takes over after a lease comes too late for the password.',
      change: 'ONBOARDING_LEASE_SECONDS and ONBOARDING_TIMEOUT_SECONDS: shorter than this time',
    },
    unanswered: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const first = findFirst(probe);
    const { plan, settings } = probe;
    if (probe.replayed !== 'same-password') throw new NotAsked('a repeat returned no password in the first place');
    if (plan.repeatAfter.length === 0) throw new NotAsked('no later repeat was asked for');
    const words: string[] = [];
    let remembered: number | undefined;
    let forgotten = false;
    for (const after of plan.repeatAfter) {
      if (forgotten) break;
      await probe.pause(first.created.answeredAt + after - Date.now());
      const elapsed = Date.now() - first.created.answeredAt;
      const { answer } = await repeatCreate(probe, first);
      words.push(`after ${seconds(elapsed)}: ${repeatWords[answer]}`);
      if (answer === 'same-password') remembered = elapsed;
      forgotten = answer !== 'same-password' && answer !== 'unanswered';
    }
    const told = { sent: 'the same POST, later', came: words.join('; ') };
    const outlivesLease = (remembered ?? 0) >= settings.onboardingLeaseSeconds * 1000;
    if (forgotten) return { answer: outlivesLease ? 'forgotten' : 'forgotten-early', ...told };
    if (remembered === undefined) return { answer: 'unanswered', ...told };
    return { answer: outlivesLease ? 'remembered' : 'remembered-so-far', ...told };
  },
});
