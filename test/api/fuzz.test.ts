import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instance } from '../local/instance.ts';
import { readExample } from '../local/read-example.ts';
import type { Stack } from '../local/stack.ts';
import { request, startApp, type Answer } from './rig.ts';

let stack: Stack;
let app: Instance;
beforeAll(async () => void ([stack, app] = await startApp()));
afterAll(() => stack.close());

const marker = 'Zq7Marker';
const fields = [...Object.keys(readExample()), 'culture', 'language', 'associatedPartnerId', 'enableGDAPByDefault'];

/** Any text, number, list or object, with the marker in every text. */
const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => `${marker}${text}`),
  fc.string({ unit: 'binary' }).map((text) => `${text}${marker}`),
  fc.constantFrom(null, true, false, [], {}, [marker], { value: marker }, 0, -1, 1e308),
  fc.jsonValue({ maxDepth: 3 }).map((value) => ({ [marker]: value })),
);

/** A customer with at least one invalid field; others may be invalid too. */
const spoiledCustomer = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...fields), anything, { maxKeys: 6 }),
    fc.constantFrom<Record<string, unknown>>(
      { email: `${marker} at example.com` },
      { domain: `${marker}!` },
      { country: marker },
      { companyName: [marker] },
      { culture: marker },
      { enableGDAPByDefault: marker },
      { associatedPartnerId: marker },
      { lastName: marker.repeat(6) },
      { addressLine1: { text: marker } },
      { unexpected: marker },
    ),
  )
  .map(([some, one]) => ({ ...readExample(), ...some, ...one }));

async function send(body: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return request(app, '/v1/customers', { method: 'POST', headers, body });
}

function expectRefusal(answer: Answer): void {
  const { status, body, headers, text } = answer;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  const { code, message, correlationId, error } = body;
  expect(body).toMatchObject({ status, code: error?.code, message: error?.message, detail: message });
  expect(body['type']).toBe(`${app.url}/errors/${code}`);
  expect(headers.get('x-ms-error-code')).toBe(code);
  expect(headers.get('x-correlation-id')).toBe(correlationId);
  for (const detail of error?.details ?? []) {
    expect(detail.target).toBeTypeOf('string');
    expect(detail.message).toMatch(/^[A-Z].+\.$/);
  }
  expect(text).not.toContain(marker);
}

test('answers any invalid payload with a 4xx in the error schema, echoes nothing and creates nothing', async () => {
  await fc.assert(
    fc.asyncProperty(spoiledCustomer, async (payload) => {
      const answer = await send(JSON.stringify(payload));
      expectRefusal(answer);
      expect(answer.body.error?.details?.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
  expect(stack.partnerCenter.server.requests).toEqual([]);
  expect(stack.logLines.some(({ message }) => message.includes(marker))).toBe(false);
}, 20_000);

test('answers any JSON with a 4xx in the error schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (body) => expectRefusal(await send(body))),
    { numRuns: 150 },
  );
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test('answers any bytes with a 4xx in the error schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      expectRefusal(await send(new Uint8Array(bytes)));
    }),
    { numRuns: 150 },
  );
  expect(stack.partnerCenter.createCalls).toBe(0);
});

test('answers the lookup of any domain with 200, 404 or the platform’s own refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (text) => {
      const { status } = await request(app, `/v1/customers/${encodeURIComponent(text)}`);
      expect([400, 404]).toContain(status);
    }),
    { numRuns: 150 },
  );
});
