import { readFileSync } from 'node:fs';
import { customerRequestSchema } from '../../shared/schema/customer-request.ts';
import { ProbeRefusal } from './probe-refusal.ts';
import type { ProbePlan } from './probe.ts';

type Customer = ProbePlan['customer'];
type Address = ProbePlan['addresses'][number];

/** A customer that a sandbox in the United States accepts. */
const american: Customer = {
  companyName: 'CSP Onboarding Probe',
  email: 'probe@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  phoneNumber: '4255550100',
  addressLine1: '1 Microsoft Way',
  city: 'Redmond',
  state: 'WA',
  postalCode: '98052',
  country: 'US',
};
const addressFields = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode'];

/** The customer of a file with the fields of a request to the product, without domain; the sample from the United States if there is no file. */
export function readCustomer(path: string | undefined): Customer {
  if (path === undefined) return american;
  const fields = readJsonFile(path);
  const unknown = Object.keys(fields).filter(
    (name) => !(name in customerRequestSchema.properties) || name === 'domain',
  );
  const missing = customerRequestSchema.required.filter(
    (name) => name !== 'domain' && typeof fields[name] !== 'string',
  );
  const faults = [
    ...unknown.map((name) => `${name} does not belong there`),
    ...missing.map((name) => `${name} is missing`),
  ];
  if (faults.length > 0) throw new ProbeRefusal(`${path}: ${faults.join(', ')}.`);
  return { ...(fields as unknown as Customer), country: String(fields['country']).toUpperCase() };
}

/** The addresses of a file, a JSON list; invalid variants of the customer's own address if there is no file. */
export function readAddresses(path: string | undefined, customer: Customer): readonly Address[] {
  if (path === undefined) return spoil(customer);
  const list = readJsonFile(path);
  const fits = (address: unknown): boolean =>
    typeof address === 'object' &&
    address !== null &&
    Object.entries(address).every(([name, value]) => addressFields.includes(name) && typeof value === 'string');
  if (!Array.isArray(list) || !list.every(fits)) {
    throw new ProbeRefusal(`${path}: a list of addresses is expected, each with ${addressFields.join(', ')}.`);
  }
  return (list as Address[]).map((address) => ({ ...ownAddress(customer), ...address }));
}

function ownAddress(customer: Customer): Address {
  const entries = Object.entries(customer).filter(([name]) => addressFields.includes(name));
  return Object.fromEntries(entries) as Address;
}

function spoil(customer: Customer): Address[] {
  const address = ownAddress(customer);
  const line = customer.addressLine1;
  const changes = [
    {},
    { addressLine1: line.replaceAll(/\d+/g, '').trim() || 'Main Street' },
    { addressLine1: `99999 ${line.replaceAll(/\d+/g, '').trim()}` },
    { addressLine2: 'Suite 99999' },
    { addressLine1: line.slice(0, Math.max(4, line.length - 6)) },
    { city: 'Nowhere' },
    { addressLine1: '1 Nonexistent Probe Street', city: 'Nowhere' },
  ];
  return changes.map((change) => ({ ...address, ...change }));
}

function readJsonFile(path: string): Record<string, unknown> {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    if (typeof read === 'object' && read !== null) return read as Record<string, unknown>;
  } catch {
    // Reported below, as for any other file with the wrong content.
  }
  throw new ProbeRefusal(`${path} cannot be read as JSON.`);
}
