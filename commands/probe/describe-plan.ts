import type { JournalEntry } from './journal.ts';
import type { ProbePlan } from './probe.ts';
import { questions } from './questions.ts';

export interface Announced {
  readonly plan: ProbePlan;
  readonly budget: number;
  readonly partnerCenterUrl: string;
  readonly suffix: string;
  /** The id of the partner tenant, if the access token contains it. */
  readonly partner: string | undefined;
  readonly left: readonly JournalEntry[];
}

/** The plan, for the person who must confirm it. */
export function describePlan({ plan, budget, partnerCenterUrl, suffix, partner, left }: Announced): string {
  const asked = questions.map(
    ({ question, creates }) => `  - ${question}${creates > 0 ? ' (creates a customer)' : ''}`,
  );
  const cleaned = left.map(({ domain, customerId }) => `  - ${domain}${customerId ? ` (${customerId})` : ''}`);
  return [
    `This probe works on the partner tenant ${partner ?? '(not named by its token)'} at ${partnerCenterUrl}.`,
    `It creates at most ${budget} customers in ${plan.customer.country}, each called "${plan.customer.companyName}", and deletes them again.`,
    `Their domains (cspprobe…${suffix}, 1cspprobe…${suffix}, one of 1 to 4 random characters) can never be used again.`,
    'Some have a doubtful address. The documentation says that such a customer cannot always be deleted; after one, no more are tried.',
    ...(plan.tryUndeletable ? ['Another has an address of status None and stays for good (--try-undeletable).'] : []),
    'No password is printed or stored.',
    '',
    'It asks:',
    ...asked,
    ...(left.length > 0 ? ['', 'First it deletes what an earlier run has left:', ...cleaned] : []),
  ].join('\n');
}
