import { expect, test } from 'vitest';
import type { Knobs } from '../../local/partner-center/knobs.ts';
import { addressesOf, answersOf, rowOf, startRig, type RunOptions } from './rig.ts';

/** The findings about the emulator with default knobs and an unlimited budget. */
const usual = {
  'contract-version': 'not-looked-at',
  create: 'created',
  replay: 'same-password',
  taken: '400',
  'replay-later': 'remembered-so-far',
  'list-lag': 'at-once',
  'audit-lag': 'at-once',
  'prefix-27': 'accepted',
  'own-password': 'refused',
  'prefix-hyphen': 'refused',
  'prefix-28': 'refused',
  'prefix-short': 'accepted',
  'gdap-omitted': 'true',
  addresses: 'all-accepted',
  duration: 'within',
  'ever-202': 'never',
};
const noPassword = { 'replay-later': 'not-asked' };

const variants: [string, Partial<Knobs>, Record<string, string>, RunOptions?][] = [
  ['as it usually is', {}, {}],
  ['a repeat without the password', { replay: 'without-password' }, { replay: 'without-password', ...noPassword }],
  ['a repeat that finds the domain', { replay: 'domain-exists' }, { replay: 'domain-exists', ...noPassword }],
  [
    'a request id that is soon forgotten',
    { replayRetention: 150 },
    { 'replay-later': 'forgotten-early' },
    { plan: { repeatAfter: [20, 250] } },
  ],
  [
    'a request id that outlives a lease',
    {},
    { 'replay-later': 'remembered' },
    { settings: { onboardingLeaseSeconds: 0.1 }, plan: { repeatAfter: [20, 150] } },
  ],
  [
    'a request id that is forgotten after a lease',
    { replayRetention: 300 },
    { 'replay-later': 'forgotten' },
    { settings: { onboardingLeaseSeconds: 0.1 }, plan: { repeatAfter: [150, 400] } },
  ],
  ['409 for a taken domain', { takenAnswer: 409, takenCode: 409 }, { taken: '409' }],
  ['a text that does not say taken', { errorShape: 'D' }, { taken: 'not-recognised' }],
  ['a list that lags', { listLag: 150 }, { 'list-lag': 'late' }],
  ['an audit log that lags', { auditLag: 150 }, { 'audit-lag': 'late' }],
  ['a list that lags for long', { listLag: 1e6 }, { 'list-lag': 'not-seen' }, { plan: { wait: 100 } }],
  ['an audit log that lags for long', { auditLag: 1e6 }, { 'audit-lag': 'not-seen' }, { plan: { wait: 100 } }],
  ['202', { answer202: true, createDuration: 60 }, { create: 'accepted', 'ever-202': 'seen' }],
  ['lax prefixes', { strictPrefix: false }, { 'prefix-hyphen': 'accepted', 'prefix-28': 'accepted' }, { budget: 20 }],
  ['slow creates', { createDuration: 120 }, { duration: 'longer' }, { settings: { onboardingTimeout: 100 } }],
  [
    'doubtful addresses refused',
    { refusedAddressStatuses: ['StreetPartial', 'Multiple'] },
    { addresses: 'all-refused' },
  ],
  ['one doubtful address refused', { refusedAddressStatuses: ['Multiple'] }, { addresses: 'some-accepted' }],
  [
    'NotValidated refused',
    { refusedAddressStatuses: ['NotValidated', 'Multiple', 'StreetPartial'] },
    { addresses: 'not-validated-refused' },
  ],
  [
    'nothing but NotValidated',
    {},
    { addresses: 'not-validated-accepted' },
    { plan: { addresses: addressesOf('Verified', 'NotValidated') } },
  ],
  [
    'a refusal although the tenant exists',
    { createRefusal: { status: 400, code: 27002, leaves: 'tenant', times: 1 } },
    { create: 'refused-but-taken', replay: 'refused', ...noPassword },
  ],
  ['statuses written with blanks', { spacedStatuses: true }, {}],
  ['errors in the newer shape', { errorShape: 'B', codeAsText: true }, {}],
];

test.each(variants)('detects each variant: %s', async (_name, knobs, differing, options = {}) => {
  const rig = await startRig(knobs);
  const report = await rig.run({ budget: 8, ...options });
  expect(answersOf(report)).toEqual({ ...usual, ...differing });
  expect(report.leftBehind).toEqual([]);
  expect(rig.sandbox.tenants.size).toBe(0);
  expect(rig.readJournal()).toBeUndefined();
});

test('asks nothing else and creates nothing if MS-Contract-Version is required', async () => {
  const rig = await startRig({ requireContractVersion: true });
  const report = await rig.run();
  const row = rowOf(report, 'contract-version');
  expect(row).toMatchObject({ answer: 'required', verdict: 'breaks' });
  expect(row.change).toContain('shared/partner-center/request.ts');
  expect(new Set(report.rows.slice(1).map(({ answer }) => answer))).toEqual(new Set(['not-asked']));
  expect(rig.sandbox.createCalls).toBe(0);
});

test('reports also the answer for a domain of another organization', async () => {
  const rig = await startRig();
  rig.sandbox.takeDomain('contoso.onmicrosoft.com');
  const row = rowOf(await rig.run(), 'taken');
  expect(row.came).toBe(
    "own domain: 400, code 3000 (the domain exists); a stranger's: 400, code 3000 (the domain exists)",
  );
});

test('follows a 202 until the customer exists, whatever a repeat gets afterwards', async () => {
  const rig = await startRig({ answer202: true, createDuration: 60, replay: 'domain-exists' });
  const report = await rig.run();
  expect(answersOf(report)).toMatchObject({ create: 'accepted', replay: 'domain-exists', 'list-lag': 'at-once' });
  expect(rig.sandbox.tenants.size).toBe(0);
});

test('names a place to change for every finding that breaks an assumption, and for none that confirms one', async () => {
  const rig = await startRig({
    replay: 'domain-exists',
    strictPrefix: false,
    errorShape: 'D',
    answer202: true,
    createDuration: 20,
  });
  const { rows } = await rig.run({ budget: 20 });
  const broken = rows.filter(({ verdict }) => verdict === 'breaks');
  expect(broken.length).toBeGreaterThanOrEqual(6);
  expect(broken.every(({ change }) => /shared\/|[A-Z]+_[A-Z]+/.test(change ?? ''))).toBe(true);
  expect(rows.filter(({ verdict }) => verdict === 'confirms').every(({ change }) => change === undefined)).toBe(true);
});
