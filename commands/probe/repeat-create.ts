import type { FirstCustomer, Probe } from './probe.ts';
import { sendCreate, type SentCreate } from './send-create.ts';

export type RepeatAnswer =
  | 'same-password'
  | 'other-password'
  | 'a-password'
  | 'without-password'
  | 'domain-exists'
  | 'refused'
  | 'unanswered';

/** Sends the first customer's create again, with the same request id and bytes, and compares the passwords in memory. */
export async function repeatCreate(
  probe: Probe,
  { created, password }: FirstCustomer,
): Promise<{ answer: RepeatAnswer; repeated: SentCreate }> {
  const repeated = await sendCreate(probe, created.customer);
  return { answer: judge(repeated, password), repeated };
}

function judge({ outcome }: SentCreate, password: string | undefined): RepeatAnswer {
  switch (outcome.kind) {
    case 'created':
      if (password === undefined) return 'a-password';
      return outcome.password === password ? 'same-password' : 'other-password';
    case 'created-without-password':
      return 'without-password';
    case 'exists':
      return 'domain-exists';
    case 'refused':
      return 'refused';
    default:
      return 'unanswered';
  }
}

/** The outcome of a repeat as text. */
export const repeatWords: Readonly<Record<RepeatAnswer, string>> = {
  'same-password': 'returned the same password: yes',
  'other-password': 'returned the same password: no, another one',
  'a-password': 'returned a password; the first answer had none',
  'without-password': 'returned the same password: no, the customer without one',
  'domain-exists': 'returned the same password: no, the domain exists',
  refused: 'refused',
  unanswered: 'no usable answer',
};
