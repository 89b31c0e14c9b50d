import { readJson } from '../network/send.ts';
import { retry } from '../network/retry.ts';
import { field, isObject, objects } from './read-field.ts';
import { readRefusal } from './refusal.ts';
import { requestPartnerCenter, unusable, type PartnerCenter, type PartnerCenterCall } from './request.ts';

export interface AddressVerdict {
  /**
   * Partner Center's status in lower case without spaces, for example `streetpartial`; unknown values are kept. `misunderstood`: Partner Center
   * refused the request itself.
   */
  readonly status: string;
  /** Addresses that Partner Center suggests, as payload fields. */
  readonly suggestions: readonly Readonly<Record<string, string>>[];
  /** The payload field that was refused, if Partner Center names one. */
  readonly field?: string | undefined;
}

/** Fields that a 400 may refer to. The street is not among them: Partner Center did not check it. */
const mayBeAccused = new Set(['city', 'state', 'postalCode', 'country', 'phoneNumber', 'firstName', 'lastName']);
const suggestedFields = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode'];

/** Validates an address ("Validate an address"). HTTP 200 alone does not mean that the address is valid; `status` decides. */
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
      // Until 2021 an invalid address was a 400 with code 2007. Any other 400 refuses the request and says nothing about the address.
      const { code, target } = readRefusal(answer);
      if (answer.status === 400 && code === '2007') return { status: 'none', suggestions: [] };
      const genuine = answer.header('ms-requestid') ?? answer.header('ms-correlationid') ?? code;
      if (answer.status === 400 && genuine !== undefined)
        return { status: 'misunderstood', suggestions: [], field: mayBeAccused.has(target ?? '') ? target : undefined };
      if (answer.status !== 200) throw unusable(operation, answer);
      // Formerly an empty body meant a valid address; today it proves nothing.
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
