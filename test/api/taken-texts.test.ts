import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRefusal } from '../../shared/partner-center/refusal.ts';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { customer, post, seen, startApp } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const say = (description: string): object => ({ code: 3000, description });

const taken: [what: string, body: object][] = [
  ...[
    'The domain is used.',
    'The domain name is in use.',
    'The domain contoso.onmicrosoft.com is used by another tenant.',
    'The domain &#39;contoso.onmicrosoft.com&#39; is already being used; choose another prefix.',
    'The domain prefix has been taken.',
    'The domain has already been registered by another company.',
    'This domain already belongs to another organization.',
    'This domain exists already.',
    'A tenant with the domain contoso.onmicrosoft.com already exists.',
    'Domain contoso.onmicrosoft.com is not available.',
    'Another customer already uses the domain.',
    'The domain specified during customer creation is already used by another tenant.',
    'contoso.onmicrosoft.com is already used by another tenant.',
    'The specified value is already used by another tenant.',
    'The value is already used by another organization.',
    'The prefix has been taken.',
    'A tenant with this name already exists.',
  ].map((text): [string, object] => [text, say(text)]),
  ['an error name', { code: 600100, message: 'The request failed.', errorName: 'DomainAlreadyExists' }],
  ['an error name in capitals', { code: 600100, errorName: 'DOMAIN_ALREADY_IN_USE' }],
  ['code 2000', { code: 2000, description: 'contoso is already used by another tenant.' }],
  ['data alone', { code: 3000, description: 'A property is not valid.', data: ['domain: already exists'] }],
  ['a path in data', { code: 3000, description: 'The value already exists.', data: ['companyProfile.domain'] }],
];

test.each(taken)('treats a 400 as a used domain: %s', (_what, body) => {
  expect(readRefusal({ text: JSON.stringify(body) }).domainExists).toBe(true);
});

const others: [what: string, body: object][] = [
  ...[
    'The domain is not valid.',
    'The domain is not valid. Choose one that is not already in use.',
    'The domain is used to sign in and may hold letters and digits only.',
    'The email address is already in use in this domain.',
    'The address of the domain owner is not available.',
    'A customer with this company name already exists. Its domain is another.',
    'The user already exists in the domain.',
    'The sandbox quota is used.',
    'The phone number has been taken.',
    'The email address is already used by another tenant.',
    'The registration number is already used by another customer.',
    'The VAT ID belongs to another company.',
    'The request id is already used by another tenant.',
    'The user already exists in the tenant.',
    'The quota of the tenant is used.',
  ].map((text): [string, object] => [text, say(text)]),
  ['an agreement', { code: 600061, errorName: 'PartnerConfirmedAgreementAlreadyExists', message: 'For the domain x.' }],
  ['an email in data', { code: 3000, description: 'The domain or email is wrong.', data: ['email: already exists'] }],
  ['27002', { code: 27002, description: 'The domain is already in use.', errorName: 'DomainAlreadyExists' }],
  ['800018', { code: 800018, description: 'The integration sandbox has reached its limit of customers.' }],
  ['data of another kind', { code: 3000, description: 'The domain is wrong.', data: [{ already: 'exists' }, 7, null] }],
];

test.each(others)('treats a 400 with another reason as a refusal: %s', (_what, body) => {
  expect(readRefusal({ text: JSON.stringify(body) }).domainExists).toBe(false);
});

test.each(
  taken
    .filter((_, index) => index % 4 === 0)
    .flatMap(([what, body]) => [[what, 'taken', body] as const, [what, 'free', body] as const]),
)(
  'answers DomainTaken without repeating the create, also on the next call, when the create gets "%s" and HEAD gets %s',
  async (_what, head, body) => {
    const payload = customer();
    const { server } = stack.partnerCenter;
    server.faults.add({
      kind: 'status',
      answer: { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      times: 2,
      matches: ({ operation }) => operation === 'createCustomer',
    });
    server.onStage = (stage, { operation }) => {
      if (head === 'free' || stage !== 'arrived' || operation !== 'createCustomer') return;
      stack.partnerCenter.takeDomain(`${String(payload['domain'])}.onmicrosoft.com`);
    };
    const from = server.requests.length;
    const answers = [await post(app, payload)];
    expect(seen(server, 'createCustomer', from)).toHaveLength(1);
    answers.push(await post(app, payload));
    server.onStage = undefined;
    server.faults.clear();
    for (const answer of answers) expect([answer.status, answer.body.code]).toEqual([409, 'DomainTaken']);
  },
);
