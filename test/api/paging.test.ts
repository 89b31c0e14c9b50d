import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backgroundLog } from '../../shared/log/log.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { findCustomer } from '../../shared/partner-center/find-customer.ts';
import type { PartnerCenter } from '../../shared/partner-center/request.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { makeToken } from '../local/partner-center/partner-center-caller.ts';
import {
  startPartnerCenterEmulator,
  type PartnerCenterEmulator,
} from '../local/partner-center/partner-center-emulator.ts';

let emulator: PartnerCenterEmulator;
beforeEach(async () => void (emulator = await startPartnerCenterEmulator()));
afterEach(() => emulator.close());

const sought = 'paged.onmicrosoft.com';

/** A partner with 120 customers in three pages of 50; the wanted one is last. */
function fill(): string {
  for (let count = 0; count < 119; count++) {
    emulator.createInPortal({ domain: `${sought}.x${count}`, companyName: `Paged ${count}` });
  }
  return emulator.createInPortal({ domain: sought, companyName: 'Paged' }).customerId;
}

function find(domain = sought): Promise<string | undefined> {
  const settings = readSettings({
    PARTNER_VAULT_URL: emulator.url,
    CREDENTIAL_VAULT_URL: emulator.url,
    ONBOARDING_TABLE_URL: `${emulator.url}/account/onboardings`,
    PARTNER_CENTER_URL: emulator.url,
  });
  const unused = (): Promise<void> => Promise.resolve();
  const accessToken = (): Promise<string> => Promise.resolve(makeToken('app'));
  const signIn = {
    prepare: () => undefined,
    accessToken,
    readSecrets: unused,
    renewRefreshToken: unused,
    pending: unused,
  };
  const partner: PartnerCenter = { settings, signIn };
  return findCustomer(partner, domain, undefined, { deadline: Deadline.after(4000), log: backgroundLog });
}

test.each([
  ['header', ''],
  ['header', '/v1'],
  ['uri', ''],
  ['uri', '/v1'],
  ['uri', 'its own address'],
  ['uri', 'its own address/v1'],
] as const)(
  'reads every page of a list that links the next page by its %s, below "%s"',
  async (nextPage, linkPrefix) => {
    Object.assign(emulator.knobs, { nextPage, linkPrefix: linkPrefix.replace('its own address', emulator.url) });
    const customerId = fill();
    expect(await find()).toBe(customerId);
    expect(emulator.server.requests.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => '/v1/customers'));
  },
);

test('finds nothing when the last page does not have it', async () => {
  emulator.knobs.nextPage = 'uri';
  fill();
  expect(await find('page.onmicrosoft.com')).toBeUndefined();
  expect(await find('nobody.onmicrosoft.com')).toBeUndefined();
});

function answerWith(links: object, headers: Record<string, string> = {}): void {
  const answer = { status: 200, headers, body: JSON.stringify({ items: [], links }) };
  emulator.server.faults.add({ kind: 'status', answer, times: 99, matches: () => true });
}

test.each<[string, object | string]>([
  ['no uri', { method: 'GET', headers: [] }],
  ['a uri that is none', { uri: 'http://' }],
  ['a uri without a path', { uri: 'mailto:page@example.com' }],
  ['a number for a uri', { uri: 7 }],
  ['the page that it is on', { headers: [{ key: 'MS-ContinuationToken', value: 'x' }] }],
  ['a text', '/customers'],
  ['another host', { uri: 'https://elsewhere.example/v1/customers?p=2' }],
  ['another host without a scheme', { uri: '//elsewhere.example/v1/customers?p=2' }],
  ['another port', { uri: 'http://127.0.0.1:1/v1/customers?p=2' }],
])('does not treat a list as complete whose next page has %s', async (_what, next) => {
  answerWith({ next });
  await expect(find()).rejects.toMatchObject({ failure: { operation: 'findCustomers', reason: 'malformed' } });
  expect(emulator.server.requests.filter(({ query }) => query.has('p'))).toEqual([]);
});

test('finds a customer on a page before one that cannot be read', async () => {
  const id = randomUUID();
  const items = [{ id, companyProfile: { domain: sought } }];
  const answer = { status: 200, body: JSON.stringify({ items, links: { next: {} } }) };
  emulator.server.faults.add({ kind: 'status', answer, matches: () => true });
  expect(await find()).toBe(id);
});

test.each(['c1', '../domains/x', '00000000-0000-0000-0000-00000000000%2F', 7, null])(
  'accepts no customer with an invalid id: %j',
  async (id) => {
    const items = [{ id, companyProfile: { domain: sought } }];
    emulator.server.faults.add({
      kind: 'status',
      answer: { status: 200, body: JSON.stringify({ items }) },
      matches: () => true,
    });
    expect(await find()).toBeUndefined();
  },
);

test.each<[string, object, Record<string, string>]>([
  ['no links', {}, {}],
  ['a link that is null', { next: null }, {}],
  ['the token of the page in a header again', {}, { 'MS-ContinuationToken': 'same' }],
])('ends a list with %s', async (_what, links, headers) => {
  answerWith(links, headers);
  expect(await find()).toBeUndefined();
});

test('sends the headers of a link, except those that the app sets itself', async () => {
  const headers = [
    { key: 'MS-Page', value: '2' },
    { key: 'Authorization', value: 'Bearer stolen' },
    { key: 'ms-requestid', value: 'stolen' },
    { key: 'X-Bad', value: 'a\nb' },
    { key: 7, value: [] },
  ];
  const answer = {
    status: 200,
    body: JSON.stringify({ items: [], links: { next: { uri: '/customers?p=2', headers } } }),
  };
  emulator.server.faults.add({ kind: 'status', answer, matches: () => true });
  expect(await find()).toBeUndefined();
  const next = emulator.server.requests.at(-1);
  expect(next?.query.get('p')).toBe('2');
  expect(next?.headers['ms-page']).toBe('2');
  expect(next?.headers['x-bad']).toBeUndefined();
  expect(next?.headers['authorization']).not.toContain('stolen');
  expect(next?.headers['ms-requestid']).not.toContain('stolen');
});
