import type { HttpRequest } from '@azure/functions';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { findOnboarding } from '../onboarding/find-onboarding.ts';
import { onboardCustomer } from '../onboarding/onboard-customer.ts';
import { testConnection } from '../onboarding/test-connection.ts';
import { validateCustomer } from '../onboarding/validate-customer.ts';
import type {
  ConnectionAnswer,
  CustomerAnswer,
  OnboardingRecordAnswer,
  ValidationAnswer,
} from '../schema/answer-types.ts';
import { answerJson } from './answers.ts';
import { handle, type Answered, type Call } from './handle.ts';
import { describeSecrets, locationOf } from './onboarding-answer.ts';
import { readJsonBody } from './read-body.ts';

/** `POST /api/v1/customers`: onboards, or with `?validateOnly=true` only checks. */
export const handleOnboarding = handle('onboarding', async (call) => {
  if (wantsValidationOnly(call.request)) return validate(call);
  const { onboarded, replayed, warnings, payload } = await onboardCustomer(
    call.workplace,
    await readJsonBody(call.request),
    call,
  );
  const { domain, companyName } = payload;
  const { customerId, commerceId, country, culture, language, enableGDAPByDefault } = onboarded;
  const body: CustomerAnswer = {
    status: 'Succeeded',
    customerId,
    commerceId,
    domain,
    companyName,
    country,
    culture,
    language,
    enableGDAPByDefault,
    ...describeSecrets(domain, onboarded),
    correlationId: call.correlationId,
    warnings: unlessEmpty(warnings),
  };
  const headers = replayed ? { 'Idempotent-Replayed': 'true' } : { Location: locationOf(call.request, domain) };
  return {
    answer: answerJson(call, replayed ? 200 : 201, body, headers),
    outcome: replayed ? 'Replayed' : 'Succeeded',
    fields: { customerId },
  };
});

/** `POST /api/v1/customers/validate`: every check, nothing created. */
export const handleValidation = handle('validation', validate);

/** `GET /api/v1/customers/{domain}`: what is on record. */
export const handleFinding = handle('finding', async (call) => {
  const text = call.request.params['domain'] ?? '';
  const found = await findOnboarding(call.workplace, text, call);
  const { status, domain, startedAt, attempts, customerId, commerceId, country, culture, language } = found;
  const { enableGDAPByDefault, vault, userNameVersion, passwordVersion } = found;
  const isStored = vault !== undefined && userNameVersion !== undefined && passwordVersion !== undefined;
  const body: OnboardingRecordAnswer = {
    status,
    customerId,
    commerceId,
    domain,
    country,
    culture,
    language,
    enableGDAPByDefault,
    ...(isStored ? describeSecrets(domain, { vault, userNameVersion, passwordVersion }) : {}),
    startedAt,
    attempts,
    correlationId: call.correlationId,
  };
  return { answer: answerJson(call, 200, body), outcome: status };
});

/** `GET /api/v1/connection`: proves settings, vaults and sign-in. */
export const handleConnection = handle('connection', async (call) => {
  const checks = await testConnection(call.workplace, call);
  const body: ConnectionAnswer = { status: 'Connected', checks, correlationId: call.correlationId };
  return { answer: answerJson(call, 200, body), outcome: 'Connected' };
});

async function validate(call: Call): Promise<Answered> {
  const { customer, warnings } = await validateCustomer(call.workplace, await readJsonBody(call.request), call);
  const { correlationId } = call;
  const body: ValidationAnswer = { status: 'Valid', customer, warnings: unlessEmpty(warnings), correlationId };
  return { answer: answerJson(call, 200, body), outcome: 'Valid' };
}

/** Warnings are absent where there are none. */
function unlessEmpty(warnings: readonly ErrorDetail[]): readonly ErrorDetail[] | undefined {
  return warnings.length > 0 ? warnings : undefined;
}

/** A misspelled flag must not create a tenant: any case of the name is taken, and any value but true and false refused. */
function wantsValidationOnly({ query }: HttpRequest): boolean {
  for (const [name, value] of query) {
    if (name.toLowerCase() !== 'validateonly') continue;
    const wanted = value.trim().toLowerCase();
    if (wanted !== 'true' && wanted !== 'false') {
      const details = [{ code: 'Invalid', target: 'validateOnly', message: 'Send true or false, or leave it out.' }];
      throw new OnboardingError('InvalidPayload', { target: 'validateOnly', details });
    }
    if (wanted === 'true') return true;
  }
  return false;
}
