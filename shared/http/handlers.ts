import type { HttpRequest } from '@azure/functions';
import { limitFaults } from '../customer/payload-faults.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import { findOnboarding, listOnboardings, type FoundOnboarding } from '../onboarding/find-onboarding.ts';
import { onboardCustomer } from '../onboarding/onboard-customer.ts';
import { testConnection } from '../onboarding/test-connection.ts';
import { validateCustomer } from '../onboarding/validate-customer.ts';
import type {
  ConnectionAnswer,
  CustomerAnswer,
  OnboardingListAnswer,
  OnboardingRecordAnswer,
  ValidationAnswer,
} from '../schema/answer-types.ts';
import { answerJson } from './answers.ts';
import { onboardingLimit, readLimit } from './concurrency-limit.ts';
import { handle, type Answered, type Call } from './handle.ts';
import { describeSecrets, locationOf } from './onboarding-answer.ts';
import { nextLinkOf, readListQuery } from './list-query.ts';
import { readJsonBody } from './read-body.ts';

/** `POST /api/v1/customers`: onboards; with `?validateOnly=true` only runs the checks. */
export const handleOnboarding = handle('onboarding', onboardingLimit, async (call) => {
  if (wantsValidationOnly(call.request)) return validate(call);
  const { onboarding, payload } = await onboardCustomer(call.services, await readJsonBody(call.request), call);
  const { domain, companyName } = payload;
  const { customerId, commerceId, country, culture, language, enableGDAPByDefault } = onboarding;
  const { replayed, warnings } = onboarding;
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
    ...describeSecrets(domain, onboarding.credentials, onboarding.adminUserName),
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
export const handleValidation = handle('validation', onboardingLimit, (call) => {
  wantsValidationOnly(call.request);
  return validate(call);
});

/** `GET /api/v1/customers/{domain}`: one recorded onboarding. */
export const handleFinding = handle('finding', readLimit, async (call) => {
  const found = await findOnboarding(call.services, call.request.params['domain'] ?? '', call);
  const body: OnboardingRecordAnswer = { ...describeRecord(found), correlationId: call.correlationId };
  return { answer: answerJson(call, 200, body), outcome: found.status };
});

/** `GET /api/v1/customers`: the recorded onboardings, page by page. */
export const handleListing = handle('listing', readLimit, async (call) => {
  const query = readListQuery(call.request);
  const { onboardings, continuation } = await listOnboardings(call.services, query, call);
  const value = onboardings.map((found) => ({ ...describeRecord(found), correlationId: call.correlationId }));
  const nextLink = continuation === undefined ? undefined : nextLinkOf(call.request, query, continuation);
  return { answer: answerJson(call, 200, { value, nextLink } satisfies OnboardingListAnswer), outcome: 'Listed' };
});

/** `GET /api/v1/connection`: tests settings, vaults, table and sign-in. */
export const handleConnection = handle('connection', readLimit, async (call) => {
  const checks = await testConnection(call.services, call);
  const body: ConnectionAnswer = { status: 'Connected', checks, correlationId: call.correlationId };
  return { answer: answerJson(call, 200, body), outcome: 'Connected' };
});

async function validate(call: Call): Promise<Answered> {
  const { customer, warnings } = await validateCustomer(call.services, await readJsonBody(call.request), call);
  const { correlationId } = call;
  const body: ValidationAnswer = { status: 'Valid', customer, warnings: unlessEmpty(warnings), correlationId };
  return { answer: answerJson(call, 200, body), outcome: 'Valid' };
}

/** Warnings are absent if there are none. */
function unlessEmpty(warnings: readonly ErrorDetail[]): readonly ErrorDetail[] | undefined {
  return warnings.length > 0 ? warnings : undefined;
}

const knownNames = ['validateonly', 'code', 'clientid'];

/** A misspelled flag must not create a tenant: the name matches in any case; unknown names (except the host's own) and values are refused. */
function wantsValidationOnly({ query }: HttpRequest): boolean {
  const named = [...query].filter(([name]) => name.toLowerCase() === 'validateonly');
  const values = named.map(([, value]) => value.trim().toLowerCase());
  const unknown = [...new Set(query.keys())].filter((name) => !knownNames.includes(name.toLowerCase()));
  const details: ErrorDetail[] = unknown.map((name) => ({
    code: 'Unknown',
    target: name.slice(0, 100),
    message: 'Unknown query parameter; remove it. The only one is validateOnly, which is true or false.',
  }));
  if (!values.every((value) => value === 'true' || value === 'false'))
    details.push({ code: 'Invalid', target: 'validateOnly', message: 'Send true or false, or leave it out.' });
  const target = details[0]?.target;
  if (target !== undefined) throw new OnboardingError('InvalidPayload', { target, details: limitFaults(details) });
  return values.includes('true');
}

function describeRecord(found: FoundOnboarding): Omit<OnboardingRecordAnswer, 'correlationId'> {
  const { credentials, adminUserName, startedAt, attempts, ...known } = found;
  const secrets = credentials ? describeSecrets(found.domain, credentials, adminUserName) : {};
  return { ...known, ...secrets, startedAt, attempts };
}
