import { asSentence, type Form } from '../customer/field-form.ts';
import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import type { RecordedRefusal } from '../record/row.ts';

/** Messages for Partner Center's codes ("REST error codes"), and the field that each concerns unless its `data` names one. */
const known: Readonly<Record<string, { target?: string; message: string }>> = {
  '0': {
    message:
      'Partner Center gives no reason. Check the payload. If the request is refused again, ask Partner Center support.',
  },
  '2000': { message: 'A value has the wrong format. Check the payload.' },
  '2001': { message: 'A required value is missing. Check the address, the contact and the company.' },
  '2030': {
    target: 'country',
    message: 'The partner may not sell in this country. Use a country of the partner\u2019s region.',
  },
  '3000': { message: 'A property is invalid. Check the payload.' },
  '20000': {
    message: 'The request is invalid. Check names, address, email and domain.',
  },
  '27002': {
    message:
      'A value was refused after the creation had started, often the email or the state. Correct it and choose another domain prefix: this one may no longer be available.',
  },
  '600002': {
    target: 'organizationRegistrationNumber',
    message:
      'Partner Center did not accept the registration number. If the country requires one, correct it; otherwise remove the field.',
  },
  '600006': {
    message:
      'The partner account is currently not allowed to do this. An operator must check the account in Partner Center.',
  },
  '600049': {
    target: 'organizationRegistrationNumber',
    message: 'This country requires the registration number of the company. Add it.',
  },
  '600050': {
    target: 'organizationRegistrationNumber',
    message: 'The registration number does not have the format of this country. Correct it.',
  },
  '600051': { target: 'phoneNumber', message: 'This country requires a phone number. Add it.' },
  '800002': { message: 'The request is invalid. Check the payload.' },
  '800015': { target: 'associatedPartnerId', message: 'This indirect reseller is unknown. Check its tenant ID.' },
  '800016': {
    target: 'associatedPartnerId',
    message: 'This partner is not an indirect reseller. Check its tenant ID.',
  },
  '800018': { message: 'The sandbox is full (75 customers). Delete test customers first.' },
  '800039': {
    message: 'The reseller program of the partner is not active. An operator must check the account in Partner Center.',
  },
  '900123': {
    target: 'associatedPartnerId',
    message: 'The indirect reseller has not accepted the Microsoft Partner Agreement.',
  },
  '900124': {
    message: 'The partner has not accepted the Microsoft Partner Agreement. A global administrator must sign it.',
  },
  '900149': {
    message: 'The program of the partner is not active. An operator must check the account in Partner Center.',
  },
  '900154': {
    target: 'associatedPartnerId',
    message: 'The indirect reseller is not enrolled with an active tenant. Check its tenant ID.',
  },
};

/** The right form of a field of the payload. */
export type FormOf = (target: string) => Form | undefined;

/** Partner Center's code as a detail with a message of our own and the right form of its field; Partner Center's text is not forwarded. */
function describeRefusal({ code: read, status, target: named }: RecordedRefusal, formOf: FormOf): ErrorDetail {
  const code = read ?? `HTTP_${status}`;
  const { target: usual, message } = (Object.hasOwn(known, code) ? known[code] : undefined) ?? {
    message: 'Partner Center refused the request with this code.',
  };
  const target = named ?? usual;
  if (target === undefined) return { code, message };
  const form = formOf(target);
  return { code, target, message: form ? `${message} ${asSentence(form)}.` : message };
}

const otherPrefix = {
  code: 'DomainTaken',
  target: 'domain',
  message:
    'The domain was used by the refused request, or by another organization in the meantime. Choose another domain prefix.',
};

/** The error for a refused create; if the domain exists now, with the advice to choose another prefix. */
export function rejected(
  refusal: RecordedRefusal,
  domainTaken: boolean,
  formOf: FormOf = () => undefined,
): OnboardingError {
  const detail = describeRefusal(refusal, formOf);
  const { target } = detail;
  const message =
    'Partner Center refused the customer, but its domain exists now. Correct the field listed in details, choose another domain prefix and send the request again.';
  return new OnboardingError('RejectedByPartnerCenter', {
    ...(domainTaken ? { message } : {}),
    ...(target === undefined ? {} : { target }),
    details: domainTaken ? [detail, otherPrefix] : [detail],
  });
}
