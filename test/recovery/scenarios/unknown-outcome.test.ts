import { expect, test } from 'vitest';
import { breakCreates } from '../rig/break-creates.ts';
import { isSettled, payloadFor, send, type Answer } from '../rig/caller.ts';
import { describeRecord, isSuccess, judge } from '../rig/judge.ts';
import { isFull, realLease, withProofStack } from '../rig/proof-stack.ts';
import { errorLines, pursue } from '../rig/pursue.ts';
import { shortTimes } from '../../local/short-times.ts';

const domain = 'unknown.onmicrosoft.com';
const payload = payloadFor('unknown');

test.concurrent.each(['reset-before', 'reset-after'] as const)(
  'answers OutcomeUnknown and completes when Partner Center recovers, creates broken by %s',
  (kind) =>
    withProofStack({}, async (stack) => {
      const mend = breakCreates(stack, kind);
      const instance = await stack.startInstance();
      const answers = [await send(stack, instance, payload), await send(stack, instance, payload)];
      expect(answers).toMatchObject([
        { status: 504, code: 'OutcomeUnknown' },
        { status: 504, code: 'OutcomeUnknown' },
      ]);
      expect(errorLines(instance, 'OutcomeUnknown')).toHaveLength(2);
      mend();
      await pursue(stack, await stack.startInstance(), payload, answers);
      expect(answers.at(-1)).toMatchObject({ status: 201 });
      expect(judge(stack, domain, answers)).toEqual([]);
      const creates = stack.partnerCenter.server.requests.filter(({ operation }) => operation === 'createCustomer');
      expect(
        new Set(creates.map(({ headers, body }) => `${headers['ms-requestid']} ${headers['ms-correlationid']} ${body}`))
          .size,
      ).toBe(1);
    }),
);

interface Patience {
  readonly flow: 'app' | 'app+user';
  readonly replay: 'same' | 'without-password' | 'domain-exists';
  readonly outage: 'reset-before' | 'reset-after';
  /** Seconds between two calls, and the number of calls during the outage of Partner Center. */
  readonly pause: number;
  readonly calls: number;
  readonly instances: number;
  /** True: one caller per instance, calls overlap. False: calls are sequential. */
  readonly overlap?: boolean;
  /** Short enough for every test run; the others take half a minute. */
  readonly short?: boolean;
}

const patience: readonly Patience[] = [
  {
    flow: 'app',
    replay: 'same',
    outage: 'reset-before',
    pause: 30,
    calls: isFull ? 120 : 40,
    instances: 1,
    short: true,
  },
  { flow: 'app', replay: 'same', outage: 'reset-after', pause: 300, calls: 40, instances: 1 },
  { flow: 'app', replay: 'domain-exists', outage: 'reset-after', pause: 300, calls: 40, instances: 3 },
  {
    flow: 'app+user',
    replay: 'without-password',
    outage: 'reset-after',
    pause: 300,
    calls: 40,
    instances: 3,
    short: true,
  },
  {
    flow: 'app',
    replay: 'same',
    outage: 'reset-before',
    pause: 30,
    // Each call waits for the other caller's call: one simulated hour takes half a minute.
    calls: isFull ? 120 : 8,
    instances: 2,
    overlap: true,
    short: true,
  },
];

test.concurrent.each(patience.filter(({ short }) => short || isFull))(
  'completes after $calls retries every $pause s at $instances instances, $flow, $replay, $outage, with few versions',
  { timeout: 120_000 },
  ({ flow, replay, outage, pause, calls, instances, overlap = false }) =>
    withProofStack({ flow, settings: { ...shortTimes, ...realLease } }, async (stack) => {
      stack.partnerCenter.knobs.replay = replay;
      const mend = breakCreates(stack, outage);
      const all = await Promise.all(Array.from({ length: instances }, () => stack.startInstance({ keepLogs: false })));
      const answers: Answer[] = [];
      let count = 0;
      const callOn = async (most: number): Promise<void> => {
        while (count < most && !answers.some(isSettled)) {
          const instance = all[count++ % instances];
          if (instance) answers.push(await send(stack, instance, payload));
          stack.table.clockOffsetMs += pause * 1000;
        }
      };
      const callers = overlap ? instances : 1;
      const callAll = (most: number): Promise<unknown> =>
        Promise.all(Array.from({ length: callers }, () => callOn(most)));
      await callAll(calls);
      mend();
      // It must recover within as much time as the outage lasted.
      await callAll(2 * calls);
      // If two calls overlap, the later one may begin before the success is on record and end after it.
      const breaches = judge(stack, domain, answers);
      expect(breaches.filter((breach) => !overlap || !breach.includes('no success was on record'))).toEqual([]);
      const lost = flow === 'app' && replay !== 'same';
      const end = answers.find(isSettled);
      const fits = end !== undefined && (lost ? end.code === 'CredentialsLost' : isSuccess(end));
      expect(fits ? 'settled' : `${answers.at(-1)?.code}: ${describeRecord(stack, domain)}`).toBe('settled');
    }),
);
