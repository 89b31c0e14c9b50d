import { expect, test } from 'vitest';
import { customerRequestSchema } from '../../../shared/schema/customer-request.ts';
import { readExample } from '../../local/read-example.ts';
import { faultsOf, readWith, settingsWith } from './read-with.ts';

const texts = Object.entries(customerRequestSchema.properties).flatMap(([name, { type }]) =>
  type === 'string' ? [name] : [],
);

test('stays fast with the maximum number of faults in a body', () => {
  const names = Array.from({ length: 9000 }, (_, index) => [index.toString(36), 1]);
  const start = performance.now();
  expect(faultsOf(Object.fromEntries(names))).toHaveLength(50);
  expect(performance.now() - start).toBeLessThan(500);
});

test('lists at most 50 faults, those of known fields first, and counts the others', () => {
  const unknown = Array.from({ length: 60 }, (_, index) => [`x${index}`, 1]);
  const faults = faultsOf({ ...(Object.fromEntries(unknown) as object), email: 'x' });
  expect(faults.slice(0, 7).map(({ target }) => target)).toContain('email');
  expect(faults.at(-1)).toEqual({
    code: 'MoreFaults',
    target: 'body',
    message: 'Correct the listed fields first: 18 more faults are not listed.',
  });
});

test('reports a top-level domain that does not exist, unless an operator has added it', () => {
  const body = { ...readExample(), email: 'a@example.newtld' };
  expect(faultsOf(body)).toMatchObject([{ code: 'UnknownTopLevelDomain', target: 'email' }]);
  const settings = settingsWith({ EMAIL_EXTRA_TLDS: 'shop, .NewTLD' });
  expect(readWith({ email: body.email }, settings)).toMatchObject({ email: body.email });
});

test.each(['\u0301', '\u1100', 'e\u0301', ' ', '\u200d', '\ud800', '?', '\u00df'])(
  'checks 60 KiB of %j in every text quickly',
  (piece) => {
    const text = piece.repeat(60_000 / piece.length);
    const start = performance.now();
    for (const field of texts) expect(faultsOf({ ...readExample(), [field]: text })).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(1500);
  },
);

test.each(['@', '.', 'a.', 'a@a', '-', 'a@a-', 'a@a.a-'])('checks an email of 60 KiB of "%s" quickly', (piece) => {
  const start = performance.now();
  expect(faultsOf({ ...readExample(), email: `x@${piece.repeat(60_000 / piece.length)}@` })).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(500);
});
