import { randomUUID } from 'node:crypto';
import { probeDomain } from '../../../shared/partner-center/probe-domain.ts';
import { findFirst } from '../find-first.ts';
import { defineQuestion } from '../question.ts';
import { sendCreate, type SentCreate } from '../send-create.ts';
import { describeCreate } from '../words.ts';

/** A prefix that certainly belongs to another organization. */
const stranger = 'contoso';

/** Creates a customer with the domain of the first one, and with one of another organization, each under a new request id. */
export const taken = defineQuestion({
  id: 'taken',
  question: 'What does a create get whose domain is taken?',
  assumption: '409, or 400 with a text that says that the domain is in use.',
  creates: 0,
  aboutFirst: true,
  answers: {
    '409': { verdict: 'confirms', means: 'Read as "exists": whose domain it is is found out before DomainTaken.' },
    '400': { verdict: 'confirms', means: 'The text is recognised and read as "exists".' },
    'not-recognised': {
      verdict: 'breaks',
      means: 'The product takes it for a refusal of the payload, and doubts it only because the domain exists.',
      change: 'domainExists in shared/partner-center/refusal.ts: recognise this code',
    },
    'created-again': {
      verdict: 'breaks',
      means: 'Another request id is answered with a customer: two payloads could share a domain.',
      change: 'afterUserName in shared/onboarding/workflow/begin.ts: probe again right before the create',
    },
    unanswered: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const { customer } = findFirst(probe).created;
    const ids = () => ({ requestId: randomUUID(), correlationId: randomUUID() });
    const own = await sendCreate(probe, { ...customer, ...ids() });
    const words = [`own domain: ${describeCreate(own)}`];
    const answers = [judge(own)];
    const domain = stranger + probe.settings.customerDomainSuffix;
    if ((await probeDomain(probe.partner, domain, probe.call())) === 'taken') {
      const sent = await sendCreate(probe, { domain, body: withDomain(customer.body, domain), ...ids() });
      words.push(`a stranger's: ${describeCreate(sent)}`);
      answers.push(judge(sent));
    }
    const worst = (['created-again', 'not-recognised', 'unanswered', '409', '400'] as const).find((answer) =>
      answers.includes(answer),
    );
    const sent = 'POST /v1/customers with a domain that exists, new MS-RequestId';
    return { answer: worst ?? 'unanswered', sent, came: words.join('; ') };
  },
});

function judge({ status, outcome }: SentCreate) {
  switch (outcome.kind) {
    case 'exists':
      return status === 409 ? '409' : '400';
    case 'refused':
      return 'not-recognised';
    case 'created':
    case 'created-without-password':
      return 'created-again';
    default:
      return 'unanswered';
  }
}

function withDomain(body: string, domain: string): string {
  const parsed = JSON.parse(body) as { companyProfile: object };
  return JSON.stringify({ ...parsed, companyProfile: { ...parsed.companyProfile, domain } });
}
