import { afterAll, describe, expect, test } from 'vitest';
import { errorCodes, type ErrorCode } from '../../shared/errors/error-codes.ts';
import { readDocumented } from './documented.ts';
import { requestCases } from './request-cases.ts';
import { withApp } from './rig.ts';
import { upstreamCases } from './upstream-cases.ts';

const seen = new Set<ErrorCode>(['NotFound', 'InternalError']);

describe.concurrent('the service answers as documented', () => {
  test.for([...requestCases, ...upstreamCases])(
    'with $code for $how',
    { timeout: 40_000 },
    async ({ code, options = {}, provoke }) => {
      await withApp(options, async (world) => {
        const answer = await provoke(world);
        const body = await readDocumented('OnboardCustomer', answer);
        const { status, retry } = errorCodes[code];
        expect([answer.status, body['code']]).toEqual([status, code]);
        expect(answer.headers.get('retry-after') ?? '').toMatch(retry ? /^[1-9]\d{0,3}$/ : /^$/);
        if (['AlreadyOnboarded', 'CredentialsNotStored', 'CredentialsLost'].includes(code)) {
          expect(body['customerId']).toBe([...world.stack.partnerCenter.tenants.values()][0]?.customerId);
        }
        seen.add(code);
      });
    },
  );
});

afterAll(() => {
  // NotFound and InternalError are provoked in tests of their own.
  expect(Object.keys(errorCodes).filter((code) => !seen.has(code as ErrorCode))).toEqual([]);
});
