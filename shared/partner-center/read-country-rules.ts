import { beforeDeadline, Deadline } from '../network/deadline.ts';
import { readJson } from '../network/send.ts';
import { retry } from '../network/retry.ts';
import { preparePatterns } from './country-pattern.ts';
import { field, isObject } from './read-field.ts';
import { readRefusal } from './refusal.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

/** The rules of a country ("Get address formatting rules by market"). A rule that Partner Center omits is not checked. */
export interface CountryRules {
  readonly defaultCulture?: string;
  readonly supportedCultures?: readonly string[];
  readonly supportedStates?: readonly string[];
  readonly stateRequired: boolean;
  readonly cityRequired: boolean;
  readonly postalCodeRequired: boolean;
  readonly registrationNumberRequired: boolean;
  readonly phoneNumberRequired: boolean;
  readonly postalCodePattern?: string;
  readonly phoneNumberPattern?: string;
  readonly registrationNumberPattern?: string;
  /** An example of a registration number, for messages. */
  readonly registrationNumberSample?: string;
  readonly callingCodes?: readonly string[];
}

const day = 24 * 60 * 60_000;
const kept = new WeakMap<PartnerCenter, Map<string, { until: number; rules: Promise<CountryRules | undefined> }>>();

/** Reads the rules of a country, cached for a day. Undefined if Partner Center has none for this country. */
export function readCountryRules(
  partner: PartnerCenter,
  country: string,
  call: PartnerCenterCall,
): Promise<CountryRules | undefined> {
  const cache = kept.get(partner) ?? new Map<string, { until: number; rules: Promise<CountryRules | undefined> }>();
  kept.set(partner, cache);
  const found = cache.get(country);
  const inTime = (rules: Promise<CountryRules | undefined>): Promise<CountryRules | undefined> =>
    beforeDeadline(call.deadline, { upstream: 'partner-center', operation: 'readCountryRules' }, () => rules);
  if (found && found.until > Date.now()) return inTime(found.rules);
  // Other calls may share this request, so it has its own deadline.
  const own = { ...call, deadline: Deadline.after(call.deadline.total) };
  const rules = requestRules(partner, country, own);
  cache.set(country, { until: Date.now() + day, rules });
  // Missing rules are not cached either: the cause may be transient.
  const forget = (): void => void cache.delete(country);
  rules.then((known) => known ?? forget(), forget);
  return inTime(rules);
}

function requestRules(
  partner: PartnerCenter,
  country: string,
  call: PartnerCenterCall,
): Promise<CountryRules | undefined> {
  const operation = 'readCountryRules';
  return retry(
    async () => {
      const path = `/v1/countryvalidationrules/${country}`;
      const answer = await requestPartnerCenter(partner, { operation, method: 'GET', path }, call);
      const genuine = answer.header('ms-requestid') ?? answer.header('ms-correlationid');
      const spoken = genuine ?? readRefusal(answer).code;
      if ((answer.status === 404 || answer.status === 400) && spoken !== undefined) return undefined;
      if (answer.status !== 200) throw unusable(operation, answer);
      const body = readJson(answer, { upstream: 'partner-center', operation });
      // Any field may be missing, so any object is accepted unless it names another country.
      const about = field(body, 'iso2Code')?.toUpperCase() ?? (genuine === undefined ? undefined : country);
      if (!isObject(body) || about !== country) throw unusable(operation, answer);
      const found = toRules(body);
      const { postalCodePattern, phoneNumberPattern, registrationNumberPattern } = found;
      await preparePatterns([postalCodePattern, phoneNumberPattern, registrationNumberPattern]);
      return found;
    },
    { deadline: call.deadline, operation },
  );
}

function toRules(body: Record<string, unknown>): CountryRules {
  const text = (name: string): string | undefined =>
    typeof body[name] === 'string' && body[name] !== '' ? body[name] : undefined;
  const list = (name: string): string[] | undefined => {
    const found = body[name];
    const texts = Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
    return texts.length > 0 ? texts : undefined;
  };
  const rules = {
    defaultCulture: text('defaultCulture'),
    supportedCultures: list('supportedCulturesList'),
    supportedStates: list('supportedStatesList'),
    stateRequired: body['isStateRequired'] === true,
    cityRequired: body['isCityRequired'] === true,
    postalCodeRequired: body['isPostalCodeRequired'] === true,
    registrationNumberRequired: body['customerOrganizationRegistrationNumberRequired'] === true,
    phoneNumberRequired: body['customerOrganizationPhoneNumberRequired'] === true,
    postalCodePattern: text('postalCodeRegex'),
    phoneNumberPattern: text('phoneNumberRegex'),
    registrationNumberPattern: text('customerOrganizationRegistrationNumberRegex'),
    registrationNumberSample: text('customerOrganizationRegistrationNumberSample') ?? text('taxIdSample'),
    callingCodes: list('countryCallingCodesList'),
  };
  return Object.fromEntries(
    Object.entries(rules).filter(([, value]) => value !== undefined),
  ) as unknown as CountryRules;
}
