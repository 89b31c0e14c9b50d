import { describe, expect, test } from 'vitest';
import type { StackOptions } from '../local/stack.ts';
import { readDocumented } from './documented.ts';
import { findWrites, payloadWith, send, withApp, type World } from './rig.ts';

const ways = [
  { way: 'POST /v1/customers/validate', path: '/api/v1/customers/validate', operation: 'ValidateCustomer' },
  { way: '?validateOnly=true', path: '/api/v1/customers?validateOnly=true', operation: 'OnboardCustomer' },
] as const;

interface Finding {
  readonly title: string;
  readonly options?: StackOptions;
  readonly prepare?: (world: World) => void;
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly code: string;
}

const findings: readonly Finding[] = [
  { title: 'a fault of the payload', changes: { email: 'nobody' }, status: 400, code: 'InvalidPayload' },
  { title: 'a country rule', changes: { state: 'Bavaria' }, status: 422, code: 'CountryRule' },
  { title: 'an address', changes: { addressLine1: '1 Nowhere status:None' }, status: 422, code: 'AddressNotVerified' },
  {
    title: "a stranger's domain",
    prepare: ({ stack }) => stack.partnerCenter.takeDomain('contosocoffee.onmicrosoft.com'),
    status: 409,
    code: 'DomainTaken',
  },
  {
    title: 'a record that cannot be read',
    prepare: ({ stack }) => void (stack.table.outage = true),
    status: 503,
    code: 'RecordUnavailable',
  },
  {
    title: 'a sign-in that is refused',
    prepare: ({ stack }) => stack.entra.failNext(65_001, 20),
    status: 502,
    code: 'PartnerAuthenticationFailed',
  },
  {
    title: 'a missing setting',
    options: { settings: { PARTNER_VAULT_URL: '' } },
    status: 500,
    code: 'ConfigurationError',
  },
];

describe.concurrent.each(ways)('$way', ({ path, operation }) => {
  test('returns the enriched draft and writes nothing', async () => {
    await withApp({}, async ({ stack, instance }) => {
      const answer = await send(instance, payloadWith({ domain: 'ContosoCoffee', country: 'us' }), { path });
      expect([answer.status, answer.headers.has('location')]).toEqual([200, false]);
      const body = await readDocumented(operation, answer);
      const draft = {
        domain: 'contosocoffee.onmicrosoft.com',
        country: 'US',
        culture: 'en-US',
        language: 'en',
        enableGDAPByDefault: true,
      };
      expect(body).toMatchObject({ status: 'Valid', customer: payloadWith(draft) });
      expect(body).not.toHaveProperty('warnings');
      expect(findWrites(stack)).toEqual([]);
      expect(stack.partnerCenter.tenants.size).toBe(0);
    });
  });

  test.for(findings)('finds $title and writes nothing', async ({ options = {}, prepare, changes, status, code }) => {
    await withApp(options, async (world) => {
      prepare?.(world);
      const answer = await send(world.instance, payloadWith(changes), { path });
      expect([answer.status, (await readDocumented(operation, answer))['code']]).toEqual([status, code]);
      expect(findWrites(world.stack)).toEqual([]);
    });
  });

  test('returns all findings together, the most severe first', async () => {
    await withApp({}, async ({ stack, instance }) => {
      stack.partnerCenter.takeDomain('contosocoffee.onmicrosoft.com');
      const changes = { state: 'Bavaria', postalCode: 'x', addressLine1: '1 Nowhere status:None' };
      const answer = await send(instance, payloadWith(changes), { path });
      const body = await readDocumented(operation, answer);
      expect([answer.status, body['code']]).toEqual([409, 'DomainTaken']);
      const { details } = body['error'] as { details: { code: string; target?: string }[] };
      expect(details.map(({ code, target }) => [code, target])).toEqual(
        expect.arrayContaining([
          ['CountryRule', 'state'],
          ['CountryRule', 'postalCode'],
          ['AddressNotVerified', 'addressLine1'],
        ]),
      );
      expect(findWrites(stack)).toEqual([]);
    });
  });

  test('warns about addresses that a lenient check accepts', async () => {
    await withApp({ settings: { ADDRESS_VALIDATION: 'lenient' } }, async ({ instance }) => {
      const answer = await send(instance, payloadWith({ addressLine1: '1 Main St status:StreetPartial' }), { path });
      expect(await readDocumented(operation, answer)).toMatchObject({
        status: 'Valid',
        warnings: [{ code: 'AddressNotVerified', target: 'addressLine1' }],
      });
    });
  });

  test('warns about a customer that is already onboarded, and refuses another payload for it', async () => {
    await withApp({}, async ({ stack, instance }) => {
      await send(instance);
      const before = findWrites(stack);
      const same = await readDocumented(operation, await send(instance, payloadWith(), { path }));
      expect(same).toMatchObject({ status: 'Valid', warnings: [{ code: 'AlreadyOnboarded', target: 'domain' }] });
      const other = await readDocumented(operation, await send(instance, payloadWith({ city: 'Bellevue' }), { path }));
      expect(other['code']).toBe('AlreadyOnboarded');
      expect(findWrites(stack)).toEqual(before);
    });
  });
});

test.each([
  ['validateonly=TRUE', 200],
  ['ValidateOnly=true', 200],
  ['validateOnly=yes', 400],
  ['validateOnly=', 400],
  ['validate_only=true', 400],
  ['validateOnly%20=true', 400],
  ['validateOnly[]=true', 400],
  ['dryRun=true', 400],
  ['validateOnly=true&dryRun=true', 400],
  ['validate-only=true', 400],
  ['validateOnly=true&validateOnly=yes', 400],
  ['validateOnly=true&=true', 400],
  ['validateOnly%00=true', 400],
  ['validateOnly=true&code=key&clientId=flow', 200],
  ['validateOnly=false&validateOnly=true', 400],
])('?%s creates nothing and answers %i', async (query, status) => {
  await withApp({}, async ({ stack, instance }) => {
    for (const { path, operation } of [ways[1], ways[0]]) {
      const answer = await send(instance, payloadWith(), { path: `${path.split('?')[0]}?${query}` });
      expect(answer.status).toBe(status);
      await readDocumented(operation, answer);
    }
    expect(findWrites(stack)).toEqual([]);
  });
});
