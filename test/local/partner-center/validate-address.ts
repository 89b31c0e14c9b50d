import type { Context } from './context.ts';
import { findCountryRules } from './country-rules.ts';
import { readBody, textAt, type JsonObject } from './read-body.ts';
import { isReply, refuse, type Reply } from './reply.ts';
import type { Address } from './tenant.ts';

/** How many suggestions each status carries; unknown statuses carry one. */
const suggestions: Readonly<Record<string, number>> = {
  VerifiedShippable: 1,
  Verified: 1,
  InteractionRequired: 1,
  StreetPartial: 3,
  PremisesPartial: 3,
  Multiple: 3,
  None: 0,
  NotValidated: 0,
};
const trigger = /\s*\bstatus:([A-Za-z]+)/i;
const fields = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country', 'region'];

/** `POST /v1/validations/address`. `status:<name>` in address line 1 or 2 chooses the status. */
export function validateAddress({ request, knobs }: Context): Reply {
  const read = readBody(request);
  if (isReply(read)) return read;
  const address = readAddress(read.body);
  const rules = findCountryRules((address['country'] ?? '').toUpperCase())?.rules;
  const required = ['addressLine1', 'country', ...(rules?.isCityRequired === false ? [] : ['city'])];
  const missing = required.filter((name) => !address[name]);
  if (missing.length > 0) return refuse(400, 2001, 'Address details are missing.', missing);
  if (!rules) return refuse(400, 2000, 'The country is not a valid ISO 3166 code.', ['country']);
  const status = findAddressStatus(address) ?? knobs.addressStatus;
  const count = suggestions[status] ?? 1;
  if (knobs.addressAnswer !== 'current') return answerAsBefore(status, address, knobs.addressAnswer);
  return {
    status: 200,
    json: {
      originalAddress: address,
      ...(status !== 'NotValidated' && {
        suggestedAddresses: Array.from({ length: count }, (_, index) => suggest(address, index)),
      }),
      status: knobs.spacedStatuses ? status.replace(/(?<=[a-z])(?=[A-Z])/g, ' ') : status,
      ...(!status.startsWith('Verified') && { validationMessage: `The address was answered ${status}.` }),
    },
  };
}

/** The status that an address line requests, in the service's spelling. */
export function findAddressStatus(address: Address): string | undefined {
  const asked = (trigger.exec(address['addressLine2'] ?? '') ?? trigger.exec(address['addressLine1'] ?? ''))?.[1];
  return Object.keys(suggestions).find((name) => name.toLowerCase() === asked?.toLowerCase()) ?? asked;
}

function readAddress(body: JsonObject): Address {
  const present = fields.map((name) => [name, textAt(body, name)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Address;
}

/** The address in the directory: without the trigger, in capitals, US postal codes with their last four digits. */
function suggest(address: Address, index: number): Address {
  const line1 = (address['addressLine1'] ?? '').replace(trigger, '');
  const line2 = (address['addressLine2'] ?? '').replace(trigger, '');
  const postalCode = address['postalCode'];
  return {
    ...address,
    addressLine1: (index === 0 ? line1 : `${line1} ${index + 1}`).toUpperCase(),
    ...(address['addressLine2'] !== undefined && { addressLine2: line2.toUpperCase() }),
    ...(postalCode && address['country'] === 'US' && { postalCode: `${postalCode.slice(0, 5)}-${6399 + index}` }),
  };
}

/** Until mid-2021: an empty 200, or code 2007 with JSON in the description, quotes escaped as in HTML. */
function answerAsBefore(status: string, address: Address, answer: 'empty-200' | 'error-2007'): Reply {
  if (answer === 'empty-200' || status.startsWith('Verified')) return { status: 200 };
  const inner = {
    code: '60071',
    reason: 'The city does not match the postal code.',
    corrected_address: { country: address['country'], city: 'Redmond', postal_code: address['postalCode'] },
  };
  return refuse(400, 2007, JSON.stringify(inner).replaceAll('"', '&quot;'));
}
