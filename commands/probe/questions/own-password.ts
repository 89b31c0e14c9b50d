import { randomBytes } from 'node:crypto';
import { createSandboxCustomer } from '../create-sandbox-customer.ts';
import { makePrefix } from '../make-prefix.ts';
import { defineQuestion } from '../question.ts';
import { describeCreate } from '../words.ts';

/** Creates a customer with a password of our own, which exists only in this request. */
export const ownPassword = defineQuestion({
  id: 'own-password',
  question: 'What happens when userCredentials.password is sent?',
  assumption: 'It is refused or ignored, so the product never sends one.',
  creates: 1,
  answers: {
    refused: { verdict: 'confirms', means: 'Partner Center chooses the password.' },
    ignored: { verdict: 'confirms', means: 'Partner Center chooses the password.' },
    accepted: {
      verdict: 'breaks',
      means: 'A password could be stored before the create, so that none is ever lost.',
      change: 'buildCustomerBody in shared/customer/request-body.ts: send a password that is stored already',
    },
    'without-password': {
      verdict: 'open',
      means: 'The answer has no password: ours may be in force. Sign in to such a customer before relying on it.',
    },
    unclear: { verdict: 'open', means: 'No usable answer came. Run the probe again.' },
  },
  async ask(probe) {
    const password = `${randomBytes(12).toString('base64url')}aA1!`;
    const change = (body: Record<string, unknown>) => ({ ...body, userCredentials: { userName: 'admin', password } });
    const { last } = await createSandboxCustomer(probe, { prefix: () => makePrefix(14), change });
    const sent = 'POST /v1/customers with userCredentials';
    const came = describeCreate(last);
    switch (last.outcome.kind) {
      case 'refused':
        return { answer: 'refused', sent, came };
      case 'created-without-password':
        return { answer: 'without-password', sent, came };
      case 'created': {
        const ours = last.outcome.password === password;
        return { answer: ours ? 'accepted' : 'ignored', sent, came: `${came}, ${ours ? 'ours' : 'another one'}` };
      }
      default:
        return { answer: 'unclear', sent, came };
    }
  },
});
