import { validateAddress } from '../../../shared/partner-center/validate-address.ts';
import { cleanUp } from '../clean-up.ts';
import { createSandboxCustomer, wasAccepted } from '../create-sandbox-customer.ts';
import { makePrefix } from '../make-prefix.ts';
import { NotAsked } from '../probe-refusal.ts';
import type { Probe } from '../probe.ts';
import { defineQuestion } from '../question.ts';
import { describeStatus } from '../words.ts';

const verified = new Set(['verified', 'verifiedshippable']);

/** Validates addresses until it has one of each unverified status, then creates a customer with each, within the budget. */
export const addresses = defineQuestion({
  id: 'addresses',
  question: 'Which address statuses does a create accept?',
  assumption: 'Verified addresses, and NotValidated ones; the others had better be corrected first.',
  creates: 1,
  answers: {
    'all-refused': { verdict: 'confirms', means: 'ADDRESS_VALIDATION strict refuses what Partner Center refuses.' },
    'all-accepted': {
      verdict: 'breaks',
      means: 'ADDRESS_VALIDATION strict refuses customers that Partner Center takes.',
      change: 'ADDRESS_VALIDATION lenient lets them through with a warning',
    },
    'some-accepted': {
      verdict: 'breaks',
      means:
        'ADDRESS_VALIDATION strict refuses some that Partner Center takes, lenient lets some through that it refuses.',
      change: 'verified in shared/customer/judge-address.ts: add the accepted ones',
    },
    'not-validated-refused': {
      verdict: 'breaks',
      means: 'ADDRESS_VALIDATION strict lets NotValidated through, and Partner Center refuses it.',
      change: 'passes in shared/customer/judge-address.ts',
    },
    'not-validated-accepted': { verdict: 'confirms', means: 'No other doubtful status could be tried.' },
    'none-tried': { verdict: 'open', means: 'No doubtful address could be tried. Give some with --addresses FILE.' },
  },
  async ask(probe) {
    const candidates = await findCandidates(probe);
    const words: string[] = [];
    const accepted = new Map<string, boolean>();
    for (const [status, address] of candidates) {
      if (verified.has(status)) continue;
      if (status === 'none' && !probe.plan.tryUndeletable) {
        words.push('none: not tried, the customer could not be deleted (--try-undeletable)');
        continue;
      }
      const tried = await tryAddress(probe, address);
      words.push(`${status}: ${tried.came}`);
      if (tried.accepted !== undefined) accepted.set(status, tried.accepted);
    }
    const seen = [...candidates.keys()].join(', ');
    const sent = `POST /v1/validations/address for ${probe.plan.addresses.length} addresses (${seen}), then creates`;
    return { answer: judge(accepted), sent, came: words.join('; ') || 'no doubtful address' };
  },
});

async function findCandidates({ partner, plan, call, pause }: Probe): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (const address of plan.addresses) {
    await pause(0);
    const { firstName, lastName, country } = plan.customer;
    const { status } = await validateAddress(partner, { firstName, lastName, country, ...address }, call());
    const word = /^[a-z]{1,30}$/.exec(status)?.[0] ?? 'unknown';
    if (!found.has(word)) found.set(word, address);
  }
  return found;
}

async function tryAddress(
  probe: Probe,
  address: Record<string, string>,
): Promise<{ accepted?: boolean; came: string }> {
  try {
    const created = await createSandboxCustomer(probe, { prefix: () => makePrefix(14), payload: address });
    const left = await cleanUp(probe, { patience: 0 });
    // Each customer that stays uses the sandbox's quota: one is enough.
    if (left.some(({ refusal }) => refusal !== undefined)) {
      probe.budget.close('a customer with a doubtful address could not be deleted, so no more are created');
    }
    const outcome = wasAccepted(created);
    const came = `${outcome} (${describeStatus(created.last)})`;
    return outcome === 'unclear' ? { came } : { accepted: outcome === 'accepted', came };
  } catch (error) {
    if (error instanceof NotAsked) return { came: `not tried, ${error.message}` };
    throw error;
  }
}

function judge(accepted: ReadonlyMap<string, boolean>) {
  const notValidated = accepted.get('notvalidated');
  if (notValidated === false) return 'not-validated-refused';
  const doubtful = [...accepted].filter(([status]) => status !== 'notvalidated').map(([, value]) => value);
  if (doubtful.length === 0) return notValidated ? 'not-validated-accepted' : 'none-tried';
  if (doubtful.every(Boolean)) return 'all-accepted';
  return doubtful.some(Boolean) ? 'some-accepted' : 'all-refused';
}
