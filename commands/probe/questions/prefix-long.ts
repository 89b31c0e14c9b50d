import { makePrefix } from '../make-prefix.ts';
import { defineQuestion } from '../question.ts';
import { tryPrefix } from '../try-prefix.ts';

/** Creates a customer whose prefix is one character longer than the product allows. */
export const prefixLong = defineQuestion({
  id: 'prefix-28',
  question: 'May a prefix have 28 characters?',
  assumption: 'No: 27 at most.',
  creates: 1,
  answers: {
    refused: { verdict: 'confirms', means: 'The product refuses it before anything is sent.' },
    accepted: {
      verdict: 'breaks',
      means: 'The product refuses prefixes that Partner Center takes; its limit is higher.',
      change:
        'prefixPattern in shared/onboarding/domain.ts and the pattern of domain in shared/schema/customer-request.ts',
    },
    unclear: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const { answer, came } = await tryPrefix(probe, { prefix: () => makePrefix(28) });
    return { answer, sent: 'POST /v1/customers with a prefix of 28 letters and digits', came };
  },
});
