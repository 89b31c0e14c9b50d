import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors/error-codes.ts';
import { readDocumented } from './documented.ts';
import { requestCases } from './request-cases.ts';
import { withApp } from './rig.ts';
import { upstreamCases } from './upstream-cases.ts';

const cases = [...requestCases, ...upstreamCases];
const withCustomer = new Set(['AlreadyOnboarded', 'CredentialsNotStored', 'CredentialsLost']);

describe.concurrent('the service answers as documented', () => {
  test.for(cases)('with $code for $how', { timeout: 40_000 }, async ({ code, options = {}, provoke }) => {
    await withApp(options, async (world) => {
      const answer = await provoke(world);
      const body = await readDocumented('OnboardCustomer', answer);
      const { status, retry } = errorCodes[code];
      expect([answer.status, body['code']]).toEqual([status, code]);
      expect(answer.headers.get('retry-after') ?? '').toMatch(retry ? /^[1-9]\d{0,3}$/ : /^$/);
      const [tenant] = world.stack.partnerCenter.tenants.values();
      expect(body['customerId']).toBe(withCustomer.has(code) ? tenant?.customerId : undefined);
    });
  });
});

test('every error code of the API is provoked', () => {
  // NotFound in requests.test.ts, InternalError in test/api/internal-error.test.ts.
  const provoked = new Set<string>([...cases.map(({ code }) => code), 'NotFound', 'InternalError']);
  expect(Object.keys(errorCodes).filter((code) => !provoked.has(code))).toEqual([]);
});
