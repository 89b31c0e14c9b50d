import { readJson } from '../network/send.ts';
import { retry } from '../network/retry.ts';
import { field, isObject, objects } from './read-field.ts';
import { readRefusal } from './refusal.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

export interface AddressVerdict {
  /** Partner Center's word in lower case without blanks, for example `streetpartial`; unknown words are kept. `misunderstood`: it refused the request. */
  readonly status: string;
  /** Addresses that Partner Center proposes instead, field by field. */
  readonly suggestions: readonly Readonly<Record<string, string>>[];
  /** The field of the payload that a refused request is about, where Partner Center names it. */
  readonly field?: string | undefined;
}

/** Fields that a 400 may refer to: never the street, which was not checked. */
const mayBeAccused = new Set(['city', 'state', 'postalCode', 'country', 'phoneNumber', 'firstName', 'lastName']);
const suggestedFields = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode'];

/** Checks an address ("Validate an address"). An answer of 200 alone does not mean that the address is good: the status does. */
export function validateAddress(
  partner: PartnerCenter,
  address: Readonly<Record<string, string | undefined>>,
  call: PartnerCenterCall,
): Promise<AddressVerdict> {
  const operation = 'validateAddress';
  const body = JSON.stringify(address);
  return retry(
    async () => {
      const answer = await requestPartnerCenter(
        partner,
        { operation, method: 'POST', path: '/v1/validations/address', body },
        call,
      );
      // Until 2021 a bad address was a 400 with code 2007. Any other 400 says that the request is not understood, not that the address is wrong.
      const { code, target } = readRefusal(answer);
      if (answer.status === 400 && code === '2007') return { status: 'none', suggestions: [] };
      const genuine = answer.header('ms-requestid') ?? answer.header('ms-correlationid') ?? code;
      if (answer.status === 400 && genuine !== undefined)
        return { status: 'misunderstood', suggestions: [], field: mayBeAccused.has(target ?? '') ? target : undefined };
      if (answer.status !== 200) throw unusable(operation, answer);
      // Formerly the response to a valid address; today it proves nothing.
      if (answer.text.trim() === '') return { status: 'notvalidated', suggestions: [] };
      const result = readJson(answer, { upstream: 'partner-center', operation });
      const status = field(result, 'status');
      if (!isObject(result) || status === undefined) throw unusable(operation, answer);
      return {
        status: status.replaceAll(/\s/g, '').toLowerCase(),
        suggestions: objects(result, 'suggestedAddresses').slice(0, 3).map(readSuggestion),
      };
    },
    { deadline: call.deadline, operation },
  );
}

function readSuggestion(address: Record<string, unknown>): Record<string, string> {
  const entries = suggestedFields.flatMap((name) => {
    const value = field(address, name);
    return value === undefined ? [] : [[name, value.slice(0, 200)] as const];
  });
  return Object.fromEntries(entries);
}
