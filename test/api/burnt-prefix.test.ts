import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { defaultKnobs } from '../local/partner-center/knobs.ts';
import type { Stack } from '../local/stack.ts';
import { customer, detailsOf, linesOf, post, request, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());
afterEach(() => void Object.assign(stack.partnerCenter.knobs, defaultKnobs()));

/** The email is refused after the domain was taken, and no list shows a customer for it. */
function burn(): void {
  const description = 'NotificationEmailAddress: client1@example.u is invalid';
  stack.partnerCenter.knobs.createRefusal = { status: 400, code: 27_002, description, leaves: 'domain', times: 1 };
}

const summary = (answer: Answer): unknown[] => [answer.status, answer.body.code, ...detailsOf(answer)];
const refused = [422, 'RejectedByPartnerCenter', '27002 email', 'DomainTaken domain'];

test.each([
  ['is remembered', Infinity],
  ['is forgotten, and the domain is told to be taken', 0],
])('answers every repeat with the refusal when its request id %s', async (_what, replayRetention) => {
  burn();
  stack.partnerCenter.knobs.replayRetention = replayRetention;
  const payload = customer();
  const other = await stack.startInstance();
  for (const instance of [app, app, other, app]) {
    const answer = await post(instance, payload);
    expect(summary(answer)).toEqual(refused);
    expect([answer.body.message, answer.body.error?.target]).toEqual([
      expect.stringContaining('choose another domain prefix'),
      'email',
    ]);
    expect(answer.text).not.toContain('client1');
  }
  const fields = { level: 'warning', code: '27002', status: 400, target: 'email', domainTaken: true };
  expect(linesOf(stack, 'RejectedByPartnerCenter').slice(-4)).toMatchObject([fields, fields, fields, fields]);
});

test('answers the same to a request with the corrected field and the same prefix', async () => {
  burn();
  const payload = customer();
  await post(app, payload);
  for (const email of ['a@example.com', 'b@example.com'])
    expect(summary(await post(app, { ...payload, email }))).toEqual(refused);
  const { body } = await request(app, `/v1/customers/${String(payload['domain'])}`);
  expect(body.status).toBe('Refused');
  const list = (await request(app, '/v1/customers?status=Refused')).body['value'] as { domain: string }[];
  expect(list.map(({ domain }) => domain)).toContain(`${String(payload['domain'])}.onmicrosoft.com`);
});

test('finds the customer that exists nevertheless once the lists show it', async () => {
  Object.assign(stack.partnerCenter.knobs, { listLag: 1500, auditLag: 1500 });
  const payload = customer({ companyName: 'Contoso refuse:27002-tenant' });
  const first = await post(app, payload);
  expect(summary(first)).toEqual([422, 'RejectedByPartnerCenter', '27002', 'DomainTaken domain']);
  stack.partnerCenter.knobs.listLag = 0;
  stack.partnerCenter.knobs.auditLag = 0;
  const found = await post(app, payload);
  expect([found.status, found.body.code]).toEqual([500, 'CredentialsLost']);
  expect(found.body.customerId).toBe(
    stack.partnerCenter.tenants.get(`${String(payload['domain'])}.onmicrosoft.com`)?.customerId,
  );
});

test.each([0, 2000, 2001, 3000, 20_000, 27_002, 600_002])('explains code %i', async (code) => {
  const data = ['billingProfile.defaultAddress.postalCode'];
  stack.partnerCenter.knobs.createRefusal = { status: 400, code, description: 'No.', data, times: 1 };
  const answer = await post(app, customer());
  expect(summary(answer)).toEqual([422, 'RejectedByPartnerCenter', `${code} postalCode`]);
  expect(answer.body['title']).toBe('Partner Center refused the customer');
  expect(answer.body.error?.target).toBe('postalCode');
  expect(answer.body.error?.details?.[0]?.message).not.toBe('Partner Center refused the request with this code.');
});
