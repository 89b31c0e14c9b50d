import type { ErrorObject } from 'ajv';
import type { ErrorDetail } from '../errors/onboarding-error.ts';

/** Turns the validator's errors into instructions. They contain field names, never values. */
export function describeFaults(errors: readonly ErrorObject[]): ErrorDetail[] {
  return errors.map((error) => describeFault(error));
}

/** Keeps one fault for each field: a text of the wrong length often violates a pattern too. */
export function oncePerField(faults: readonly ErrorDetail[]): ErrorDetail[] {
  const first = new Map<string | undefined, ErrorDetail>();
  for (const fault of faults) if (!first.has(fault.target)) first.set(fault.target, fault);
  return [...first.values()];
}

const most = 50;

/** Limits the faults in a response. Known fields come first; the last entry says how many faults are not listed. */
export function limitFaults(faults: readonly ErrorDetail[]): readonly ErrorDetail[] {
  if (faults.length <= most) return faults;
  const isUnknown = ({ code }: ErrorDetail): number => Number(code === 'Unknown');
  const listed = faults.toSorted((left, right) => isUnknown(left) - isUnknown(right)).slice(0, most - 1);
  const message = `Correct the listed fields first: ${faults.length - listed.length} more faults are not listed.`;
  return [...listed, { code: 'MoreFaults', target: 'body', message }];
}

function describeFault({ keyword, instancePath, params }: ErrorObject): ErrorDetail {
  const field = instancePath.slice(1);
  const limit = String((params as { limit?: number }).limit);
  switch (keyword) {
    case 'required':
      return {
        code: 'Required',
        target: String(params['missingProperty']),
        message: 'Add this field: it is required.',
      };
    case 'additionalProperties':
      return {
        code: 'Unknown',
        target: String(params['additionalProperty']).slice(0, 100),
        message: 'Unknown field; remove it.',
      };
    case 'type':
      if (field === '') return { code: 'Invalid', target: 'body', message: 'Send one flat JSON object.' };
      return {
        code: 'WrongType',
        target: field,
        message: `Send ${forms[String(params['type'])] ?? 'another type'}; leave the field out where there is no value.`,
      };
    case 'minLength':
      return {
        code: 'TooShort',
        target: field,
        message: `Send at least ${limit} character${limit === '1' ? '' : 's'}.`,
      };
    case 'maxLength':
      return { code: 'TooLong', target: field, message: `Send at most ${limit} characters.` };
    default:
      return { code: 'Invalid', target: field, message: sentences[field] ?? 'Correct this field.' };
  }
}

const forms: Readonly<Record<string, string>> = {
  boolean: 'true or false, without quotation marks',
  string: 'a text in quotation marks',
};

const sentences: Readonly<Record<string, string>> = {
  companyName: 'Send the legal name of the company: it must hold a letter or a digit.',
  domain: 'Send 1 to 27 letters and digits, with or without the suffix of the initial domain.',
  email: 'Send an email address, such as name@example.com.',
  country: 'Send a two-letter country code of ISO 3166-1, such as US.',
  culture: 'Send a culture that Partner Center knows, such as en-US.',
  language: 'Send a two-letter language, such as en.',
  associatedPartnerId: 'Send the tenant id of the indirect reseller: a GUID.',
};
