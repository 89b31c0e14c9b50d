import { expect, test } from 'vitest';
import type { Stage, WireRequest } from '../../local/wire/wire.ts';
import { answersOf, startRig, type Rig } from './rig.ts';

/** Interrupts the next run when the nth request of an operation reaches a stage, and lets that request hang. */
function interruptAt(rig: Rig, operation: string, stage: Stage, nth = 1): AbortSignal {
  const interruption = new AbortController();
  let seen = 0;
  rig.sandbox.server.onStage = async (reached: Stage, request: WireRequest) => {
    if (reached !== stage || request.operation !== operation || ++seen !== nth) return;
    interruption.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  return interruption.signal;
}

const moments: [string, Stage, number][] = [
  ['createCustomer', 'arrived', 1],
  ['createCustomer', 'processed', 1],
  ['createCustomer', 'answered', 1],
  ['createCustomer', 'processed', 4],
  ['createCustomer', 'processed', 7],
  ['readAuditRecords', 'arrived', 1],
  ['deleteCustomer', 'arrived', 2],
  ['deleteCustomer', 'processed', 2],
  ['validateAddress', 'arrived', 2],
];

test.each(moments)(
  'cleans up on the next start after an interruption at %s, %s, number %i',
  async (operation, stage, nth) => {
    const rig = await startRig({ strictPrefix: false });
    const report = await rig.run({ signal: interruptAt(rig, operation, stage, nth) });
    expect(report.interrupted).toBe(true);
    // Requests in flight when the probe ended have finished by now.
    await new Promise((resolve) => setTimeout(resolve, 150));
    rig.sandbox.server.onStage = undefined;
    const domains = report.leftBehind.map(({ domain }) => domain);
    expect([...rig.sandbox.tenants.keys()].filter((domain) => !domains.includes(domain))).toEqual([]);
    const next = await rig.run();
    expect(answersOf(next)).toMatchObject({ create: 'created', replay: 'same-password' });
    expect(next.leftBehind).toEqual([]);
    expect(rig.sandbox.tenants.size).toBe(0);
    expect(rig.readJournal()).toBeUndefined();
  },
);

test('reports what is left behind, keeps it in the journal, and lists it before the next run starts', async () => {
  const rig = await startRig();
  const report = await rig.run({ signal: interruptAt(rig, 'readAuditRecords', 'arrived') });
  const [left] = report.leftBehind;
  const [tenant] = rig.sandbox.tenants.values();
  expect(left).toEqual({ domain: tenant?.domain, customerId: tenant?.customerId, reason: 'the probe was interrupted' });
  expect(JSON.parse(rig.readJournal() ?? '')).toEqual({
    partner: 'a3b9c6de-0f5b-4b1e-8a52-5d8f0f9d7c11',
    customers: [{ domain: tenant?.domain, customerId: tenant?.customerId }],
  });
  rig.sandbox.server.onStage = undefined;
  rig.said.length = 0;
  await rig.run();
  expect(rig.said[0]).toContain(
    `First it deletes what an earlier run has left:\n  - ${tenant?.domain} (${tenant?.customerId})`,
  );
});

test('waits until the list has the customer of an interrupted create, and finds it by its domain', async () => {
  const rig = await startRig({ listLag: 1e6 });
  const { server } = rig.sandbox;
  server.faults.add({ kind: 'reset-after', matches: ({ operation }) => operation === 'createCustomer' });
  const report = await rig.run({ signal: interruptAt(rig, 'createCustomer', 'processed') });
  expect(report.leftBehind[0]).not.toHaveProperty('customerId');
  server.onStage = undefined;
  await new Promise((resolve) => setTimeout(resolve, 150));
  const early = await rig.run({ plan: { wait: 60 } });
  expect(early.leftBehind.map(({ domain }) => domain)).toEqual([report.leftBehind[0]?.domain]);
  rig.sandbox.knobs.listLag = 0;
  expect((await rig.run()).leftBehind).toEqual([]);
  expect(rig.sandbox.tenants.size).toBe(0);
});
