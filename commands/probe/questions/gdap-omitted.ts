import { createSandboxCustomer, wasAccepted, type Created } from '../create-sandbox-customer.ts';
import { makePrefix } from '../make-prefix.ts';
import type { Probe } from '../probe.ts';
import { defineQuestion } from '../question.ts';
import { describeCreate } from '../words.ts';

/** Creates a customer without `enableGDAPByDefault`, unless another question has, and reads the value in the answer. */
export const gdapOmitted = defineQuestion({
  id: 'gdap-omitted',
  question: 'What does leaving enableGDAPByDefault out mean?',
  assumption: 'The same as true, which is what the product sends where neither caller nor setting says otherwise.',
  creates: 1,
  answers: {
    true: { verdict: 'confirms', means: 'The default of the product is the one of Partner Center.' },
    false: {
      verdict: 'breaks',
      means: 'The product asks for GDAP where Partner Center would not.',
      change: 'ENABLE_GDAP_BY_DEFAULT false, if customers are not to have it',
    },
    'not-echoed': { verdict: 'open', means: 'The answer does not say. Look at the customer in Partner Center.' },
    refused: { verdict: 'open', means: 'It may not be left out; the product always sends it.' },
    unclear: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const created = probe.withoutGdapFlag ?? (await createWithout(probe));
    const { last } = created;
    const sent = 'POST /v1/customers without enableGDAPByDefault';
    const outcome = wasAccepted(created);
    if (outcome !== 'accepted') return { answer: outcome, sent, came: describeCreate(last) };
    const echo = last.enableGDAPByDefault;
    const came = `${describeCreate(last)}, enableGDAPByDefault ${echo ?? 'not echoed'}`;
    return { answer: echo === undefined ? 'not-echoed' : echo ? 'true' : 'false', sent, came };
  },
});

function createWithout(probe: Probe): Promise<Created> {
  const change = ({ enableGDAPByDefault: _omitted, ...body }: Record<string, unknown>) => body;
  return createSandboxCustomer(probe, { prefix: () => makePrefix(14), change });
}
