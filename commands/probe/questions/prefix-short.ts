import { probeDomain } from '../../../shared/partner-center/probe-domain.ts';
import { UpstreamError } from '../../../shared/network/upstream-error.ts';
import { makeRandom } from '../make-prefix.ts';
import { NotAsked } from '../probe-refusal.ts';
import type { Probe } from '../probe.ts';
import { defineQuestion } from '../question.ts';
import { tryPrefix } from '../try-prefix.ts';

const lengths = [1, 2, 3, 4];
const triesPerLength = 4;

/** Finds the shortest free prefix and creates a customer with it, without `enableGDAPByDefault`. */
export const prefixShort = defineQuestion({
  id: 'prefix-short',
  question: 'How short may a prefix be?',
  assumption: 'One character is enough.',
  creates: 1,
  answers: {
    accepted: { verdict: 'confirms', means: 'Prefixes of this length are taken.' },
    refused: {
      verdict: 'breaks',
      means: 'The product lets prefixes through that Partner Center refuses.',
      change:
        'prefixPattern in shared/customer/domain.ts and domain in shared/schema/customer-request.ts: the least length',
    },
    unclear: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    if (probe.budget.left === 0) probe.budget.take();
    const prefix = await findShortest(probe);
    const change = ({ enableGDAPByDefault: _omitted, ...body }: Record<string, unknown>) => body;
    const { answer, came, created } = await tryPrefix(probe, { prefix: () => prefix, change });
    if (answer === 'accepted' && created !== undefined) probe.withoutGdapFlag = created;
    return { answer, sent: `POST /v1/customers with a prefix of ${prefix.length}`, came };
  },
});

async function findShortest(probe: Probe): Promise<string> {
  for (const length of lengths) {
    for (let tried = 0; tried < triesPerLength; tried++) {
      const prefix = makeRandom(length);
      if (await isFree(probe, prefix + probe.settings.customerDomainSuffix)) return prefix;
    }
  }
  throw new NotAsked(`no prefix of up to ${lengths.at(-1)} characters was free`);
}

/** No customer is created with a name that the domain probe itself refuses. */
async function isFree({ partner, call, pause }: Probe, domain: string): Promise<boolean> {
  await pause(0);
  try {
    return (await probeDomain(partner, domain, call())) === 'free';
  } catch (error) {
    if (error instanceof UpstreamError && error.failure.status === 400) return false;
    throw error;
  }
}
