import { findFirst } from '../find-first.ts';
import { defineQuestion } from '../question.ts';

const longest = 27;

/** The result of the first create for the longest prefix that the product allows. */
export const prefixLongest = defineQuestion({
  id: 'prefix-27',
  question: 'May a prefix have 27 characters, and begin with a digit?',
  assumption: 'Yes: the product allows 1 to 27 letters and digits in any order.',
  creates: 0,
  sendsNothing: true,
  answers: {
    accepted: { verdict: 'confirms', means: 'Nothing that the product allows by length is refused.' },
    refused: {
      verdict: 'breaks',
      means: 'The product lets prefixes through that Partner Center refuses.',
      change:
        'prefixPattern in shared/customer/domain.ts and the pattern of domain in shared/schema/customer-request.ts',
    },
  },
  ask(probe) {
    const { prefixLength } = findFirst(probe);
    const sent = `the first customer: ${longest} letters and digits, a digit in front`;
    if (prefixLength === longest) return Promise.resolve({ answer: 'accepted', sent, came: 'accepted' });
    const came = `refused, and accepted with ${prefixLength} characters, a letter in front`;
    return Promise.resolve({ answer: 'refused', sent, came });
  },
});
