import { makePrefix, makeRandom } from '../make-prefix.ts';
import { defineQuestion } from '../question.ts';
import { tryPrefix } from '../try-prefix.ts';

/** Creates a customer whose prefix has a hyphen in the middle. */
export const prefixHyphen = defineQuestion({
  id: 'prefix-hyphen',
  question: 'May a prefix hold a hyphen?',
  assumption: 'No: letters and digits only.',
  creates: 1,
  answers: {
    refused: { verdict: 'confirms', means: 'The product refuses it before anything is sent.' },
    accepted: {
      verdict: 'breaks',
      means: 'The product refuses prefixes that Partner Center takes.',
      change:
        'prefixPattern in shared/onboarding/domain.ts and the pattern of domain in shared/schema/customer-request.ts',
    },
    unclear: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const { answer, came } = await tryPrefix(probe, { prefix: () => `${makePrefix(12)}-${makeRandom(4)}` });
    return { answer, sent: 'POST /v1/customers with a hyphen in a prefix of 17', came };
  },
});
