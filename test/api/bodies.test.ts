import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocumented } from './documented.ts';
import { startApp, payloadWith, send, type World } from './rig.ts';

const path = '/api/v1/customers';
const json = { 'content-type': 'application/json' };
let world: World;

beforeAll(async () => {
  const [stack, instance] = await startApp();
  world = { stack, instance };
});
afterAll(() => world.stack.close());

test('refuses a body of more than 64 KiB', async () => {
  const body = JSON.stringify(payloadWith({ companyName: 'x'.repeat(65_536) }));
  const announced = await world.instance.call(path, { method: 'POST', headers: json, body });
  expect(await readDocumented('OnboardCustomer', announced)).toMatchObject({ code: 'PayloadTooLarge' });
});

test('accepts a body of exactly 64 KiB', async () => {
  const empty = JSON.stringify(payloadWith({ companyName: '' }));
  const companyName = 'x'.repeat(65_536 - empty.length);
  const answer = await send(world.instance, payloadWith({ companyName }));
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'InvalidPayload' });
});

test('explains the missing body when it is chunked, because the platform drops chunked bodies', async () => {
  const answer = await world.instance.call(path, stream(JSON.stringify(payloadWith())));
  const body = await readDocumented('OnboardCustomer', answer);
  expect(body).toMatchObject({ code: 'InvalidJson', message: expect.stringContaining('Content-Length') as string });
});

test.each([
  ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['nothing', ''],
  ['text after the object', '{} {}'],
])('answers InvalidJson for %s', async (_, body) => {
  const answer = await world.instance.call(path, { method: 'POST', headers: json, body });
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'InvalidJson' });
});

test.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded', ''])(
  'answers 415 for a body of type "%s"',
  async (type) => {
    const answer = await world.instance.call(path, { method: 'POST', headers: { 'content-type': type }, body: '{}' });
    expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'UnsupportedMediaType' });
  },
);

test('accepts JSON with a charset and in any case', async () => {
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
  const answer = await world.instance.call(path, { method: 'POST', headers, body: '{}' });
  expect(await readDocumented('OnboardCustomer', answer)).toMatchObject({ code: 'InvalidPayload' });
});

function stream(body: string): RequestInit {
  const bytes = new TextEncoder().encode(body);
  const source = new ReadableStream({
    start: (controller) => {
      controller.enqueue(bytes.subarray(0, 10));
      controller.enqueue(bytes.subarray(10));
      controller.close();
    },
  });
  return { method: 'POST', headers: json, body: source, duplex: 'half' };
}
