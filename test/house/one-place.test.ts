import { expect, test } from 'vitest';
import { retryPolicies } from '../../shared/network/retry-policies.ts';
import { listSources, read } from './sources.ts';

const product = listSources().filter((path) => /^(functions|shared|commands)\//.test(path));
const holding = (pattern: RegExp): string[] => product.filter((path) => pattern.test(read(path)));

test('writes the line of a call to a service in one place', () => {
  expect(holding(/\(\s*'info',\s*'upstream'/)).toEqual(['shared/network/log-upstream.ts']);
});

test('says in one table how often anything is repeated', () => {
  expect(holding(/\battempts(:|\s*=)\s*[2-9]|\btried\s*>=\s*\d/)).toEqual(['shared/network/retry-policies.ts']);
  for (const [operation, { attempts, reason }] of Object.entries(retryPolicies)) {
    expect([operation, attempts >= 2 && attempts <= 4]).toEqual([operation, true]);
    expect(reason.length).toBeGreaterThan(10);
  }
});
