import { requestPartnerCenter } from '../../../shared/partner-center/request.ts';
import type { Probe } from '../probe.ts';
import { defineQuestion } from '../question.ts';
import { describeStatus } from '../words.ts';
import { readRefusal } from '../../../shared/partner-center/refusal.ts';

/** Reads country rules without `MS-Contract-Version`, with the documented value, and with one that does not exist. */
export const contractVersion = defineQuestion({
  id: 'contract-version',
  question: 'Is MS-Contract-Version looked at?',
  assumption: 'The header may be left out.',
  creates: 0,
  answers: {
    'not-looked-at': { verdict: 'confirms', means: 'The product may leave it out.' },
    'checked-when-sent': { verdict: 'confirms', means: 'It is checked, but only when it is sent: leave it out.' },
    required: {
      verdict: 'breaks',
      means: 'Every call needs it. Nothing else can be asked before the product sends it.',
      change: "sendOnce in shared/partner-center/request.ts: add 'MS-Contract-Version': 'v1' to its headers",
    },
    unclear: { verdict: 'open', means: 'The answers do not fit together. Run the probe again.' },
  },
  async ask(probe) {
    const values = [undefined, 'v1', 'v0'];
    const answers = [];
    for (const value of values) answers.push(await read(probe, value));
    const [without, documented, unknown] = answers.map(({ status }) => status === 200);
    const came = answers.map((answer, index) => `${values[index] ?? 'without'}: ${describeStatus(answer)}`).join('; ');
    const sent = `GET /v1/countryvalidationrules/${probe.plan.customer.country} without the header, with v1, with v0`;
    if (without && documented) return { answer: unknown ? 'not-looked-at' : 'checked-when-sent', sent, came };
    if (without) return { answer: 'checked-when-sent', sent, came };
    if (!documented) return { answer: 'unclear', sent, came };
    probe.stopped = 'MS-Contract-Version is required: have the product send it, then run the probe again';
    return { answer: 'required', sent, came };
  },
});

async function read({ partner, plan, call }: Probe, version: string | undefined) {
  const path = `/v1/countryvalidationrules/${plan.customer.country}`;
  const headers = version === undefined ? {} : { 'MS-Contract-Version': version };
  const answer = await requestPartnerCenter(
    partner,
    { operation: 'readCountryRules', method: 'GET', path, headers, mayBeForbidden: true },
    call(),
  );
  return { status: answer.status, code: readRefusal(answer).code };
}
