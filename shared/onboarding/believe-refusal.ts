import { OnboardingError } from '../errors/onboarding-error.ts';
import { probeDomain } from '../partner-center/probe-domain.ts';
import { outcomeUnknown } from './open-outcomes.ts';
import { appendEvent } from './record/append-event.ts';
import type { Started } from './record/events.ts';
import { describeRefusal } from './refusal-details.ts';
import type { Run } from './run.ts';

/**
 * Believes a refusal once the domain has been probed: some arrive although the tenant exists (27002 was seen). Throws
 * `RejectedByPartnerCenter` when the domain is free, and returns when it is taken.
 */
export async function believeRefusal(
  run: Run,
  { attempt, requestId, owner }: Started,
  refusal: { readonly status: number; readonly code: string | undefined },
): Promise<void> {
  const { domain } = run.payload;
  let probe: 'free' | 'taken';
  try {
    probe = await probeDomain(run.partner, domain, { deadline: run.deadline, log: run.log });
  } catch {
    throw outcomeUnknown(run, 'refused, and the domain could not be probed', { requestId });
  }
  if (probe === 'taken') return;
  const code = refusal.code ?? `HTTP_${refusal.status}`;
  await appendEvent(run.vaults, run.base, { event: 'Refused', attempt, requestId, owner, code }, run).catch(
    () => undefined,
  );
  run.log('warn', 'RejectedByPartnerCenter', { code, status: refusal.status, requestId });
  throw new OnboardingError('RejectedByPartnerCenter', { details: [describeRefusal(code)] });
}
