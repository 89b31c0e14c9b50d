import { createSandboxCustomer, type Created } from '../create-sandbox-customer.ts';
import { makePrefix, makeRandom } from '../make-prefix.ts';
import type { Probe } from '../probe.ts';
import { defineQuestion } from '../question.ts';
import { watchCreated } from '../watch-first.ts';
import { describeCreate, seconds } from '../words.ts';

/** The longest prefix that the product allows, starting with a digit, and an ordinary one. */
const prefixes = [() => `1cspprobe${makeRandom(18)}`, () => makePrefix(14)];

const sent = 'POST /v1/customers as the product sends it';

/** Creates the first customer, with the body that the product sends. */
export const create = defineQuestion({
  id: 'create',
  question: 'What does a create answer?',
  assumption: '201 with the customer and the password of its administrator.',
  creates: 1,
  aboutFirst: true,
  answers: {
    created: { verdict: 'confirms', means: 'The first answer has everything.' },
    accepted: {
      verdict: 'breaks',
      means: 'A 202 is read as an unknown outcome: the request is repeated a few times, then answered OutcomeUnknown.',
      change:
        'readCreateOutcome in shared/partner-center/create-customer.ts, and createCustomer in shared/network/retry-policies.ts (how often it repeats)',
    },
    'without-password': {
      verdict: 'breaks',
      means: 'Nothing but a reset gets a password.',
      change: 'PARTNER_AUTH_FLOW app+user, and ENABLE_GDAP_BY_DEFAULT true',
    },
    unanswered: {
      verdict: 'open',
      means: 'The first answer could not be used; the same request was sent again.',
      change: 'ONBOARDING_TIMEOUT_SECONDS, if it takes that long every time',
    },
    'refused-but-taken': {
      verdict: 'breaks',
      means:
        'A refusal arrives although the domain exists: the product repeats the request, then looks the customer up.',
      change:
        'nothing, if only this customer is refused (--customer); else afterConfirmation in shared/onboarding/workflow/create.ts',
    },
    refused: {
      verdict: 'open',
      means: 'This sandbox does not take the customer. Give one that it takes (--customer).',
    },
  },
  async ask(probe) {
    const words: string[] = [];
    for (const prefix of prefixes) {
      const created = await createSandboxCustomer(probe, { prefix });
      const { customer, last } = created;
      const prefixLength = customer.domain.length - probe.settings.customerDomainSuffix.length;
      words.push(`prefix of ${prefixLength}: ${describe(created)}`);
      if (last.outcome.kind === 'refused' && !created.refusedButTaken) continue;
      keepFirst(probe, created, prefixLength);
      return { answer: judge(created), sent, came: words.join('; ') };
    }
    return { answer: 'refused', sent, came: words.join('; ') };
  },
});

function judge({ answers, last: { outcome }, refusedButTaken }: Created) {
  if (answers[0]?.status === 202) return 'accepted';
  if (refusedButTaken) return 'refused-but-taken';
  if (outcome.kind === 'created-without-password') return 'without-password';
  return outcome.kind === 'created' && answers.length === 1 ? 'created' : 'unanswered';
}

function keepFirst(probe: Probe, created: Created, prefixLength: number): void {
  const { outcome } = created.last;
  const password = outcome.kind === 'created' ? outcome.password : undefined;
  probe.first = { created, prefixLength, password, seen: watchCreated(probe, created) };
}

function describe({ answers, last }: Created): string {
  const [first] = answers;
  if (first === undefined || answers.length === 1) return `${describeCreate(last)} in ${seconds(last.milliseconds)}`;
  return `${describeCreate(first)}, and after ${answers.length - 1} repeats ${describeCreate(last)}`;
}
