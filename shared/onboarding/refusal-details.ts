import { OnboardingError, type ErrorDetail } from '../errors/onboarding-error.ts';
import type { RecordedRefusal } from '../record/row.ts';

/** What the codes of Partner Center mean to the caller ("REST error codes"), and the field that each is about unless its `data` names one. */
const known: Readonly<Record<string, { target?: string; message: string }>> = {
  '0': {
    message: 'Partner Center gives no reason. Check the payload, and ask Partner Center support if the refusal stays.',
  },
  '2000': { message: 'A value has the wrong form. Check the payload.' },
  '2001': { message: 'A required value is missing. Check the address, the contact and the company.' },
  '2030': {
    target: 'country',
    message: 'The partner may not sell in this country. Choose a country of the partner\u2019s region.',
  },
  '3000': { message: 'A property is not valid. Check the payload.' },
  '20000': {
    message: 'The request is not valid. Check the payload: names, address, email and domain.',
  },
  '27002': {
    message:
      'A value was refused after the creation had begun, often the email or the state. Correct it, and choose another domain prefix: this one may be used up.',
  },
  '600002': {
    target: 'organizationRegistrationNumber',
    message:
      'Partner Center did not accept the registration number here. Where the country requires one, correct it; otherwise leave the field out.',
  },
  '600006': {
    message: 'The partner account may not do this now. An operator has to look at the account in Partner Center.',
  },
  '600049': {
    target: 'organizationRegistrationNumber',
    message: 'This country needs the registration number of the company.',
  },
  '600050': {
    target: 'organizationRegistrationNumber',
    message: 'The registration number does not have the form this country uses.',
  },
  '600051': { target: 'phoneNumber', message: 'This country needs a phone number.' },
  '800002': { message: 'The request is not valid. Check the payload.' },
  '800015': { target: 'associatedPartnerId', message: 'This indirect reseller is not known. Check its tenant id.' },
  '800016': {
    target: 'associatedPartnerId',
    message: 'This partner is not an indirect reseller. Check its tenant id.',
  },
  '800018': { message: 'The sandbox is full (75 customers). Delete test customers first.' },
  '800039': {
    message:
      'The reseller programme of the partner is not active. An operator has to look at the account in Partner Center.',
  },
  '900123': {
    target: 'associatedPartnerId',
    message: 'The indirect reseller has not accepted the Microsoft Partner Agreement.',
  },
  '900124': {
    message: 'The partner has not accepted the Microsoft Partner Agreement. A global administrator must sign it.',
  },
  '900149': {
    message: 'The programme of the partner is not active. An operator has to look at the account in Partner Center.',
  },
  '900154': {
    target: 'associatedPartnerId',
    message: 'The indirect reseller is not enrolled with an active tenant. Check its tenant id.',
  },
};

/** Partner Center's code as a detail, with a sentence of our own; Partner Center's text is not passed on. */
function describeRefusal({ code: read, status, target: named }: RecordedRefusal): ErrorDetail {
  const code = read ?? `HTTP_${status}`;
  const { target: usual, message } = (Object.hasOwn(known, code) ? known[code] : undefined) ?? {
    message: 'Partner Center refused the request with this code.',
  };
  const target = named ?? usual;
  return { code, ...(target === undefined ? {} : { target }), message };
}

const otherPrefix = {
  code: 'DomainTaken',
  target: 'domain',
  message: 'The refused request used up this domain, or it was taken meanwhile. Choose another domain prefix.',
};

/** The error for a create that was refused; with the advice to choose another prefix where the domain exists since. */
export function rejected(refusal: RecordedRefusal, domainTaken: boolean): OnboardingError {
  const detail = describeRefusal(refusal);
  const { target } = detail;
  const message =
    'Partner Center refused the customer, and its domain exists since. Correct the field named in details, choose another domain prefix, and send the request again.';
  return new OnboardingError('RejectedByPartnerCenter', {
    ...(domainTaken ? { message } : {}),
    ...(target === undefined ? {} : { target }),
    details: domainTaken ? [detail, otherPrefix] : [detail],
  });
}
