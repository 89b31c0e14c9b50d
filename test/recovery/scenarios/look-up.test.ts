import { expect, test } from 'vitest';
import type { Knobs } from '../../local/partner-center/knobs.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send } from '../rig/caller.ts';
import { loseFirstAnswers } from '../rig/crash-run.ts';
import { judge } from '../rig/judge.ts';
import { withProofStack } from '../rig/proof-stack.ts';
import { pursue } from '../rig/pursue.ts';

const domain = 'sought.onmicrosoft.com';
const payload = payloadFor('sought');

/** A tenant of ours whose password can be recovered only by lookup and reset. */
function withLostCustomer(knobs: Partial<Knobs>, use: (stack: Stack) => Promise<void>): Promise<void> {
  return withProofStack({ flow: 'app+user' }, async (stack) => {
    Object.assign(stack.partnerCenter.knobs, { replay: 'domain-exists', ...knobs });
    await loseFirstAnswers(stack, [domain]);
    await use(stack);
  });
}

/** Lists our customer after all existing customers. */
function putLast(stack: Stack): void {
  const tenant = stack.partnerCenter.tenants.get(domain);
  const tenants = stack.partnerCenter.tenants as Map<string, NonNullable<typeof tenant>>;
  tenants.delete(domain);
  if (tenant) tenants.set(domain, tenant);
}

/** The requested filters and pages. */
function searches(stack: Stack): { field: string; page: boolean }[] {
  const asked = stack.partnerCenter.server.requests.filter(({ operation }) => operation === 'findCustomers');
  return asked.map(({ query }) => ({
    field: (JSON.parse(query.get('filter') ?? '{}') as { Field: string }).Field,
    page: query.get('seekOperation') === 'Next',
  }));
}

/** Recovers the customer and expects it to be ours. */
async function expectOurs(stack: Stack): Promise<void> {
  const customerId = stack.partnerCenter.tenants.get(domain)?.customerId;
  const answers = await pursue(stack, await stack.startInstance(), payload);
  expect(answers.at(-1)).toMatchObject({ status: 201, body: { customerId } });
  expect(judge(stack, domain, answers)).toEqual([]);
}

test.concurrent('finds the customer by its domain with a prefix filter and an exact comparison', () =>
  withLostCustomer({}, async (stack) => {
    // The filter also finds these: the service matches prefixes only.
    for (const more of ['.au', '.a', '2']) stack.partnerCenter.createInPortal({ domain: `${domain}${more}` });
    putLast(stack);
    await expectOurs(stack);
    expect(searches(stack).every(({ field, page }) => field === 'Domain' && !page)).toBe(true);
  }));

test.concurrent('searches the domain page by page', () =>
  withLostCustomer({}, async (stack) => {
    for (let count = 0; count < 120; count++) stack.partnerCenter.createInPortal({ domain: `${domain}${count}` });
    putLast(stack);
    await expectOurs(stack);
    expect(searches(stack).slice(-3)).toEqual([false, true, true].map((page) => ({ field: 'Domain', page })));
  }));

test.concurrent('falls back to the company name, page by page, when the domain filter answers 500', () =>
  withLostCustomer({ domainFilterFails: true }, async (stack) => {
    const companyName = String(payload['companyName']);
    for (let count = 0; count < 120; count++) {
      stack.partnerCenter.createInPortal({
        domain: `other${count}.onmicrosoft.com`,
        companyName: `${companyName} ${count}`,
      });
    }
    putLast(stack);
    await expectOurs(stack);
    expect(searches(stack).slice(-3)).toEqual([false, true, true].map((page) => ({ field: 'CompanyName', page })));
  }));

test.concurrent('answers OutcomeUnknown while the audit log lags, and completes afterwards', () =>
  withLostCustomer({ auditLag: 60_000, listLag: 60_000 }, async (stack) => {
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ status: 504, code: 'OutcomeUnknown' });
    Object.assign(stack.partnerCenter.knobs, { auditLag: 0, listLag: 0 });
    const answers = await pursue(stack, instance, payload, [first]);
    expect(answers.at(-1)).toMatchObject({ status: 201 });
    expect(judge(stack, domain, answers)).toEqual([]);
  }));

test.concurrent('does not read the customer list when the audit log already has the proof', () =>
  withLostCustomer({ listLag: 60_000 }, async (stack) => {
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers).toMatchObject([{ status: 201 }]);
    expect(judge(stack, domain, answers)).toEqual([]);
  }));
