import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import type { Stack } from '../local/stack.ts';
import { baseOf, customer, detailsOf, post, request, seen, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
const payload = customer();
let first: Answer;

beforeAll(async () => {
  [stack, app] = await startApp();
  first = await post(app, payload);
});
afterAll(() => stack.close());

test('answers 200 with Idempotent-Replayed and the same body when the same payload comes again', async () => {
  const again = await post(app, payload);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
  const { commerceId } = stack.partnerCenter.tenants.get(String(again.body['domain'])) ?? {};
  expect(again.body).toEqual({ ...first.body, commerceId, correlationId: again.body.correlationId });
  expect(again.headers.get('location')).toBeNull();
});

test.each<[string, (given: Record<string, unknown>) => Record<string, unknown>]>([
  ['the full domain', (given) => ({ ...given, domain: `${String(given['domain']).toUpperCase()}.OnMicrosoft.com` })],
  ['blanks around every text', (given) => mapTexts(given, (text) => `  ${text}\t`)],
  ['decomposed accents and a lower-case country', (given) => ({ ...given, country: 'us' })],
  ['empty texts for what was left out', (given) => ({ ...given, middleName: '', culture: ' ', language: '' })],
  ['its fields in another order', (given) => Object.fromEntries(Object.entries(given).toReversed())],
])('treats %s as the same payload', async (_what, change) => {
  expect((await post(app, change(payload))).status).toBe(200);
});

function mapTexts(fields: Record<string, unknown>, change: (text: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(String(value))]));
}

test('replays on another instance, without a create', async () => {
  const other = await stack.startInstance();
  const again = await post(other, payload);
  expect([again.status, again.body.customerId]).toEqual([200, first.body.customerId]);
  expect(stack.partnerCenter.creates(String(first.body['domain']))).toBe(1);
});

test('answers 409 AlreadyOnboarded with the customer id when the payload differs', async () => {
  for (const change of [{ companyName: 'Fourth Coffee' }, { enableGDAPByDefault: true }, { language: 'en' }]) {
    const answer = await post(app, { ...payload, ...change });
    expect([answer.status, answer.body.code, answer.body.error?.target]).toEqual([409, 'AlreadyOnboarded', 'domain']);
    expect(answer.body.customerId).toBe(first.body.customerId);
  }
  expect(stack.partnerCenter.creates(String(first.body['domain']))).toBe(1);
});

test('reports a broken country rule together with AlreadyOnboarded, the conflict first', async () => {
  const answer = await post(app, { ...payload, state: 'ZZ', addressLine2: 'status:None' });
  expect([answer.status, answer.body.code]).toEqual([409, 'AlreadyOnboarded']);
  expect(detailsOf(answer)).toEqual(['CountryRule state', 'AddressNotVerified addressLine1']);
});

test('answers AlreadyOnboarded quickly although Partner Center hangs', async () => {
  stack.partnerCenter.server.faults.add({ kind: 'timeout-before', times: 3, matches: () => true });
  const start = performance.now();
  const answer = await post(app, { ...payload, companyName: 'Fourth Coffee' });
  stack.partnerCenter.server.faults.clear();
  expect([answer.status, answer.body.code]).toEqual([409, 'AlreadyOnboarded']);
  expect(performance.now() - start).toBeLessThan(3000);
});

test('shares one run among equal requests at the same time: all get 201', async () => {
  const together = customer();
  stack.partnerCenter.knobs.createDuration = 150;
  const answers = await Promise.all([1, 2, 3].map(() => post(app, together)));
  stack.partnerCenter.knobs.createDuration = 0;
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.customerId)).size).toBe(1);
  expect(new Set(answers.map(({ body }) => body.correlationId)).size).toBe(3);
  expect(stack.credentialVault.versions(`${baseOf(together)}-admin-password`)).toHaveLength(1);
});

test('answers 503 OnboardingInProgress with Retry-After to another payload during a run', async () => {
  const running = customer();
  stack.partnerCenter.knobs.createDuration = 300;
  const one = post(app, running);
  await untilSent(running);
  const [here, elsewhere] = await Promise.all(
    [app, await stack.startInstance()].map((instance) => post(instance, { ...running, companyName: 'Fourth Coffee' })),
  );
  const record = await request(app, `/v1/customers/${String(running['domain'])}`);
  stack.partnerCenter.knobs.createDuration = 0;
  for (const answer of [here, elsewhere]) {
    expect([answer?.status, answer?.body.code]).toEqual([503, 'OnboardingInProgress']);
    expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(record.body).toMatchObject({ status: 'InProgress', attempts: 1 });
  expect((await one).status).toBe(201);
});

test('waits on another instance for the record, and answers 201 for a run that began before the wait', async () => {
  const running = customer();
  stack.partnerCenter.knobs.createDuration = 300;
  const one = post(app, running);
  await untilSent(running);
  const other = await post(await stack.startInstance(), running);
  stack.partnerCenter.knobs.createDuration = 0;
  expect([(await one).status, other.status]).toEqual([201, 201]);
  expect(other.body.customerId).toBe((await one).body.customerId);
  expect(stack.credentialVault.versions(`${baseOf(running)}-admin-password`)).toHaveLength(1);
});

test('validates without creating, by query or operation, and reports an existing customer', async () => {
  const fresh = customer({ language: 'ES', domain: 'UnSeen.onmicrosoft.com' });
  const creates = stack.partnerCenter.createCalls;
  for (const path of ['/v1/customers?validateOnly=true', '/v1/customers/validate', '/v1/customers?ValidateOnly=True']) {
    const answer = await post(app, fresh, {}, path);
    expect(answer.status).toBe(200);
    const { correlationId, ...body } = answer.body;
    expect(correlationId).toBe(answer.headers.get('x-correlation-id'));
    const enriched = { domain: 'unseen.onmicrosoft.com', culture: 'en-US', language: 'es', enableGDAPByDefault: true };
    expect(body).toEqual({ status: 'Valid', customer: { ...fresh, ...enriched } });
    const known = await post(app, payload, {}, path);
    expect(known.body).toMatchObject({ status: 'Valid', warnings: [{ code: 'AlreadyOnboarded', target: 'domain' }] });
    const broken = await post(app, { ...payload, state: 'ZZ' }, {}, path);
    expect([broken.status, ...detailsOf(broken)]).toEqual([409, 'CountryRule state']);
  }
  expect(stack.partnerCenter.createCalls).toBe(creates);
  expect(stack.credentialVault.latest('unseen-onmicrosoft-com-onboarding')).toBeUndefined();
});

test('refuses a validateOnly other than true or false, and creates nothing', async () => {
  const creates = stack.partnerCenter.createCalls;
  for (const value of ['yes', '', '1', 'true&validateOnly=false']) {
    const answer = await post(app, customer(), {}, `/v1/customers?validateOnly=${value}`);
    expect([answer.status, ...detailsOf(answer)]).toEqual([400, 'Invalid validateOnly']);
  }
  expect(stack.partnerCenter.createCalls).toBe(creates);
});

async function untilSent({ domain }: Record<string, unknown>): Promise<void> {
  const isSent = (): boolean =>
    seen(stack.partnerCenter.server, 'createCustomer').some(({ body }) => body.includes(`"${String(domain)}.`));
  while (!isSent()) await new Promise((resolve) => setTimeout(resolve, 5));
}
