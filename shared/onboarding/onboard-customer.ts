import { adminUserName } from '../credentials/secret-names.ts';
import type { CustomerPayload } from '../customer/payload.ts';
import { OnboardingError } from '../errors/onboarding-error.ts';
import { openContext, type Caller, type Context } from './context.ts';
import type { Onboarding } from './onboarding.ts';
import { soonOf, toError } from './outcomes.ts';
import { retrySoon } from './retry-soon.ts';
import type { Services } from './services.ts';
import { toOnboardingError } from './to-onboarding-error.ts';
import { attemptOf } from './workflow/perform.ts';
import { runWorkflow, type Ending } from './workflow/run-workflow.ts';

/** Onboards the customer of a payload; simultaneous equal requests share one run. Rejects with `OnboardingError` only. */
export async function onboardCustomer(
  services: Services,
  body: unknown,
  caller: Caller,
): Promise<{ onboarding: Onboarding; payload: CustomerPayload }> {
  const context = openContext(services, body, caller);
  try {
    const onboarding = await services.inFlight.run(context, retrySoon(context.deadline), () => onboard(context));
    return { onboarding, payload: context.payload };
  } catch (error) {
    throw toOnboardingError(error, context);
  }
}

/** Stores held credentials of the domain first, if there are any, so that the record is up to date. */
async function onboard(context: Context): Promise<Onboarding> {
  const { held } = context.services;
  const copy = held.find(context.domain);
  if (copy && !(await held.offer(context.domain))) {
    const { customerId } = copy;
    if (copy.fingerprint !== context.fingerprint)
      throw new OnboardingError('AlreadyOnboarded', { target: 'domain', customerId });
    throw new OnboardingError('CredentialsNotStored', { customerId, retryAfter: retrySoon(context.deadline) });
  }
  const ending = await runWorkflow(context);
  if (ending.outcome === 'Succeeded') return onboardingOf(ending, copy === undefined);
  throw await toError(ending, ending.outcome === 'Superseded' ? 'OutcomeUnknown' : ending.outcome);
}

async function onboardingOf({ knowledge, effects }: Ending, mayBeReplay: boolean): Promise<Onboarding> {
  const { row, stored } = knowledge;
  const { country, culture, language, enableGDAPByDefault } = attemptOf(knowledge);
  const replayed = mayBeReplay && effects.replayed === true;
  const { vault = '', passwordVersion = '', userNameVersion = '' } = row?.credentials ?? stored ?? {};
  // A check that hangs must not delay the response.
  const checked = !replayed && effects.checking ? await soonOf(effects.context, effects.checking, 0.02) : undefined;
  return {
    customerId: row?.customerId ?? knowledge.customerId ?? '',
    commerceId: row?.commerceId ?? knowledge.commerceId,
    country,
    culture,
    language,
    enableGDAPByDefault,
    adminUserName: row?.adminUserName ?? knowledge.adminUserName ?? adminUserName(effects.context.domain),
    credentials: { vault, userNameVersion, passwordVersion },
    replayed,
    warnings: checked?.warnings ?? [],
  };
}
