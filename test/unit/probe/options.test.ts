import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOptions } from '../../../commands/probe/read-options.ts';
import { readAddresses, readCustomer } from '../../../commands/probe/sample-customer.ts';

function writeJson(value: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'file.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}
const german = {
  companyName: 'Beispiel GmbH',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  addressLine1: 'Hauptstr. 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'de',
};

test('is harmless by default: no sandbox, no consent, five customers', () => {
  expect(readOptions([])).toMatchObject({ sandbox: false, yes: false, budget: 5, tryUndeletable: false });
});

test('repeats a create at growing intervals, up to the requested time', () => {
  expect(readOptions([]).repeatAfter).toEqual([10_000, 60_000]);
  expect(readOptions(['--long', '30']).repeatAfter).toEqual([10_000, 60_000, 300_000, 900_000, 1_800_000]);
});

test.each([
  [['--budget', '0'], '--budget must be a whole number from 1 to 20'],
  [['--budget', '75'], '--budget must be a whole number from 1 to 20'],
  [['--wait', 'long'], '--wait must be a whole number'],
  [['--production'], 'The command line is not understood'],
])('refuses the command line %j', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});

test('accepts a customer of another country, and derives several invalid addresses', () => {
  const customer = readCustomer(writeJson(german));
  expect(customer).toEqual({ ...german, country: 'DE' });
  const addresses = readAddresses(undefined, customer);
  expect(addresses[0]).toEqual({ addressLine1: 'Hauptstr. 1', city: 'Berlin', postalCode: '10115' });
  expect(new Set(addresses.map((address) => JSON.stringify(address))).size).toBe(addresses.length);
});

test('prefers given addresses to those of the customer', () => {
  const addresses = readAddresses(writeJson([{ addressLine1: 'Nirgendwo 7' }]), readCustomer(writeJson(german)));
  expect(addresses).toEqual([{ addressLine1: 'Nirgendwo 7', city: 'Berlin', postalCode: '10115' }]);
});

test('names what is wrong with a file', () => {
  const { email: _left, ...rest } = german;
  const path = writeJson({ ...rest, domain: 'beispiel' });
  expect(() => readCustomer(path)).toThrow(`${path}: domain does not belong there, email is missing.`);
  expect(() => readCustomer(`${path}.absent`)).toThrow('cannot be read as JSON');
  expect(() => readAddresses(writeJson([{ street: 'x' }]), readCustomer(undefined))).toThrow('a list of addresses');
});
