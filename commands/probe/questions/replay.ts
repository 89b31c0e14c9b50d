import { findFirst } from '../find-first.ts';
import { defineQuestion } from '../question.ts';
import { repeatCreate, repeatWords } from '../repeat-create.ts';
import { describeStatus } from '../words.ts';

const reset = 'PARTNER_AUTH_FLOW app+user and ENABLE_GDAP_BY_DEFAULT true, so that a lost password can be reset';

/** Repeats the first create at once. */
export const replay = defineQuestion({
  id: 'replay',
  question: 'Does a repeat with the same MS-RequestId return the password?',
  assumption: 'It does, so that a lost answer costs nothing; where it does not, a reset is the way back.',
  creates: 0,
  aboutFirst: true,
  answers: {
    'same-password': { verdict: 'confirms', means: 'A lost answer is made good by repeating it.' },
    'a-password': { verdict: 'confirms', means: 'The repeat has the password that the first answer did not have.' },
    'other-password': {
      verdict: 'breaks',
      means: 'Two instances that repeat at once may store different passwords.',
      change: 'afterFindStored in shared/onboarding/workflow/begin.ts: look the customer up before it repeats',
    },
    'without-password': { verdict: 'breaks', means: 'A lost answer is a lost password.', change: reset },
    'domain-exists': { verdict: 'breaks', means: 'A lost answer is a lost password.', change: reset },
    refused: {
      verdict: 'breaks',
      means: 'The product takes this refusal for one of the payload.',
      change: 'readCreateOutcome in shared/partner-center/create-customer.ts: read this code as "exists"',
    },
    unanswered: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const { answer, repeated } = await repeatCreate(probe, findFirst(probe));
    probe.replayed = answer;
    const came = `${describeStatus(repeated)}: ${repeatWords[answer]}`;
    return { answer, sent: 'the same POST once more, same MS-RequestId, same bytes', came };
  },
});
