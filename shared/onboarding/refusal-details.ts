import type { ErrorDetail } from '../errors/onboarding-error.ts';

const known: Readonly<Record<string, { target?: string; message: string }>> = {
  '2000': { message: 'A value has the wrong form. Check the payload.' },
  '2001': { message: 'A value that the country needs is missing. Check the address and the contact.' },
  '2030': {
    target: 'country',
    message: 'The partner may not sell in this country. Choose a country of the partner\u2019s region.',
  },
  '3000': { message: 'A property is not valid. Check the payload.' },
  '27002': {
    message:
      'A value failed a check behind the create, often the email or the state. Correct it, and use another domain prefix.',
  },
  '600002': {
    target: 'organizationRegistrationNumber',
    message: 'This country takes no registration number: leave it out.',
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
export function describeRefusal(code: string): ErrorDetail {
  const { target, message } = (Object.hasOwn(known, code) ? known[code] : undefined) ?? {
    message: 'Partner Center refused the request with this code.',
  };
  return { code, ...(target === undefined ? {} : { target }), message };
}
