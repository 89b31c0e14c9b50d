import { expect, test } from 'vitest';
import type { Knobs } from '../local/partner-center/knobs.ts';
import type { Stack } from '../local/stack.ts';
import { payloadFor, send } from './rig/caller.ts';
import { loseFirstAnswers } from './rig/crash-run.ts';
import { judge } from './rig/judge.ts';
import { withProofStack } from './rig/proof-stack.ts';
import { pursue } from './rig/pursue.ts';

const domain = 'sought.onmicrosoft.com';
const payload = payloadFor('sought');

/** A tenant of ours whose password only a look-up and a reset can bring back. */
function withLostCustomer(knobs: Partial<Knobs>, use: (stack: Stack) => Promise<void>): Promise<void> {
  return withProofStack({ flow: 'app+user' }, async (stack) => {
    Object.assign(stack.partnerCenter.knobs, { replay: 'domain-exists', ...knobs });
    await loseFirstAnswers(stack, [domain]);
    await use(stack);
  });
}

/** The filters and pages that were asked for. */
function searches(stack: Stack): { field: string; page: boolean }[] {
  const asked = stack.partnerCenter.server.requests.filter(({ operation }) => operation === 'findCustomers');
  return asked.map(({ query }) => ({
    field: (JSON.parse(query.get('filter') ?? '{}') as { Field: string }).Field,
    page: query.get('seekOperation') === 'Next',
  }));
}

test.concurrent('finds the customer by its domain with a prefix filter and an exact comparison', () =>
  withLostCustomer({}, async (stack) => {
    // The filter finds these too: the service compares beginnings only.
    for (const more of ['.au', '.a', '2']) stack.partnerCenter.createInPortal({ domain: `${domain}${more}` });
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 201 });
    expect(searches(stack).every(({ field, page }) => field === 'Domain' && !page)).toBe(true);
    expect(judge(stack, domain, answers)).toEqual([]);
  }),
);

test.concurrent('falls back to the company name, page by page, when the domain filter answers 500', () =>
  withLostCustomer({ domainFilterFails: true }, async (stack) => {
    const companyName = String(payload['companyName']);
    const tenant = stack.partnerCenter.tenants.get(domain);
    const tenants = stack.partnerCenter.tenants as Map<string, NonNullable<typeof tenant>>;
    for (let count = 0; count < 120; count++) {
      stack.partnerCenter.createInPortal({
        domain: `other${count}.onmicrosoft.com`,
        companyName: `${companyName} ${count}`,
      });
    }
    // Ours comes last.
    tenants.delete(domain);
    if (tenant) tenants.set(domain, tenant);
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 201, body: { customerId: tenant?.customerId } });
    const asked = searches(stack);
    expect(asked.filter(({ field }) => field === 'CompanyName')).toHaveLength(3);
    expect(judge(stack, domain, answers)).toEqual([]);
  }),
);

test.concurrent('answers OutcomeUnknown while the audit log lags, and settles afterwards', () =>
  withLostCustomer({ auditLag: 60_000, listLag: 60_000 }, async (stack) => {
    const instance = await stack.startInstance();
    const first = await send(stack, instance, payload);
    expect(first).toMatchObject({ status: 504, code: 'OutcomeUnknown' });
    Object.assign(stack.partnerCenter.knobs, { auditLag: 0, listLag: 0 });
    const answers = await pursue(stack, instance, payload, [first]);
    expect(answers.at(-1)).toMatchObject({ status: 201 });
    expect(judge(stack, domain, answers)).toEqual([]);
  }),
);

test.concurrent('needs no list of customers where the audit log has the proof already', () =>
  withLostCustomer({ listLag: 60_000 }, async (stack) => {
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers).toMatchObject([{ status: 201 }]);
    expect(judge(stack, domain, answers)).toEqual([]);
  }),
);

test.concurrent('does not take the customer of a colleague for its own', () =>
  withProofStack({ flow: 'app+user' }, async (stack) => {
    stack.partnerCenter.server.faults.add({
      kind: 'reset-before',
      times: Infinity,
      matches: ({ operation }) => operation === 'createCustomer' && !stack.partnerCenter.tenants.has(domain),
    });
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ code: 'OutcomeUnknown' });
    const tenant = stack.partnerCenter.createInPortal({ domain });
    const answers = await pursue(stack, await stack.startInstance(), payload);
    expect(answers.at(-1)).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(tenant.resets).toEqual([]);
    expect(tenant.password).toBe(tenant.firstPassword);
  }),
);

test.concurrent('answers DomainTaken at once when the only create that was ever sent met a stranger', () =>
  withProofStack({}, async (stack) => {
    stack.partnerCenter.server.onStage = (stage, { operation }) => {
      if (stage === 'arrived' && operation === 'createCustomer') stack.partnerCenter.takeDomain(domain);
    };
    const instance = await stack.startInstance();
    expect(await send(stack, instance, payload)).toMatchObject({ status: 409, code: 'DomainTaken' });
    expect(await send(stack, instance, payload)).toMatchObject({ status: 409, code: 'DomainTaken' });
  }),
);

test.concurrent(
  'says OutcomeUnknown for a day about a taken domain that it cannot prove its own, then DomainTaken',
  () =>
    withProofStack({}, async (stack) => {
      let broken = true;
      stack.partnerCenter.server.faults.add({
        kind: 'reset-before',
        times: Infinity,
        matches: ({ operation }) => broken && operation === 'createCustomer',
      });
      const instance = await stack.startInstance();
      expect(await send(stack, instance, payload)).toMatchObject({ code: 'OutcomeUnknown' });
      stack.partnerCenter.takeDomain(domain);
      broken = false;
      const later = await stack.startInstance();
      const hours = async (count: number): Promise<string | undefined> => {
        stack.credentialVault.clockOffsetMs += count * 3_600_000;
        return (await send(stack, later, payload)).code;
      };
      expect(await hours(1)).toBe('OutcomeUnknown');
      expect(await hours(20)).toBe('OutcomeUnknown');
      expect(await hours(25)).toBe('DomainTaken');
    }),
);
