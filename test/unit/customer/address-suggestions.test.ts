import { expect, test } from 'vitest';
import { judgeAddress } from '../../../shared/customer/judge-address.ts';

test('names the fields of every suggestion, except the name and the country', () => {
  const suggestions = [
    { addressLine1: '1 Main St', city: 'Redmond' },
    { addressLine1: '2 Main St', city: 'REDMOND', state: 'WA' },
  ];
  const address = { addressLine1: 'Main St', city: 'Redmond', country: 'US', firstName: 'Amelia' };
  const { refusals } = judgeAddress({ status: 'multiple', suggestions }, address, 'strict');
  expect(refusals.slice(1).map(({ target, message }) => `${target}: ${message}`)).toEqual([
    'addressLine1: Partner Center suggests: 1 Main St',
    'addressLine1: Partner Center suggests: 2 Main St',
    'state: Partner Center suggests: WA',
  ]);
});
