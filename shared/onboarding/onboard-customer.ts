import type { Log } from '../log/log.ts';
import { Deadline } from '../network/deadline.ts';
import { secretBase } from './domain.ts';
import { fingerprintOf } from './fingerprint.ts';
import { onboard, type OnboardingResult } from './onboard.ts';
import { readPayload, type CustomerPayload } from './payload.ts';
import type { Run } from './run.ts';
import { toOnboardingError } from './to-onboarding-error.ts';
import type { OpenWorkplace } from './workplace.ts';

export interface Caller {
  readonly correlationId: string;
  readonly log: Log;
}

/** Checks a payload and prepares the run of one call; throws `InvalidPayload`. */
export function prepareRun(workplace: OpenWorkplace, body: unknown, caller: Caller): Run {
  const payload = readPayload(body, workplace.settings);
  const { domain } = payload;
  return {
    ...workplace,
    payload,
    domain,
    fingerprint: fingerprintOf(payload),
    base: secretBase(domain),
    deadline: Deadline.after(workplace.settings.onboardingTimeout),
    log: caller.log,
    correlationId: caller.correlationId,
  };
}

/** Onboards the customer of a payload; equal requests at the same time share one run. Rejects with `OnboardingError` only. */
export async function onboardCustomer(
  workplace: OpenWorkplace,
  body: unknown,
  caller: Caller,
): Promise<OnboardingResult & { payload: CustomerPayload }> {
  const run = prepareRun(workplace, body, caller);
  try {
    const result = await workplace.inFlight.run(run, onboard);
    return { ...result, payload: run.payload };
  } catch (error) {
    throw toOnboardingError(error, run);
  }
}
