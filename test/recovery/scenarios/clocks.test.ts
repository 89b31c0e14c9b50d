import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../../local/host/functions-host.ts';
import { startInstance, type Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, type Answer } from '../rig/caller.ts';
import { isSuccess, judge } from '../rig/judge.ts';
import { startProofStack } from '../rig/proof-stack.ts';
import { until } from '../rig/pursue.ts';

const minutes = [-9, 7] as const;
let roots: string[];
let stack: Stack;
let slow: Instance;
let fast: Instance;

beforeAll(async () => {
  roots = await Promise.all(minutes.map(shiftClock));
  stack = await startProofStack({ flow: 'app+user' });
  stack.partnerCenter.knobs.replay = 'without-password';
  [slow, fast] = (await Promise.all(roots.map(startShifted))) as [Instance, Instance];
});
afterAll(async () => {
  await Promise.all([slow, fast].map((instance) => instance.kill()));
  await stack.close();
  await Promise.all(roots.map((root) => rm(root, { recursive: true })));
});

/** A copy of the built app with a first line that shifts `Date` for the whole bundle. */
async function shiftClock(offset: number): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'shifted-clock-'));
  for (const file of ['package.json', 'host.json', 'dist'])
    await cp(join(repositoryRoot, file), join(root, file), { recursive: true });
  const shift = `"use strict";
const Date = class extends globalThis.Date {
  constructor(...parts) { if (parts.length > 0) super(...parts); else super(Date.now()); }
  static now() { return globalThis.Date.now() + ${offset * 60_000}; }
};
`;
  const main = join(root, 'dist/main.cjs');
  await writeFile(main, shift + (await readFile(main, 'utf8')));
  return root;
}

async function startShifted(appRoot: string, index: number): Promise<Instance> {
  return startInstance(`clock ${minutes[index]}`, { process: true }, { appRoot, env: stack.environment }, []);
}

/** The breaches of answers to concurrent calls. Whether a success was on record is then not observable, so that breach is ignored. */
function judgeSideBySide(domain: string, answers: readonly Answer[]): string[] {
  return judge(stack, domain, answers).filter((breach) => !breach.includes('no success was on record'));
}

test(
  'makes one tenant and resets no password when clocks are a quarter of an hour apart, 20 times',
  { timeout: 60_000 },
  async () => {
    for (let round = 0; round < 20; round++) {
      const domain = `clock${round}.onmicrosoft.com`;
      const answers = await Promise.all(
        [slow, fast].map((instance) => send(stack, instance, payloadFor(`clock${round}`))),
      );
      expect(answers.filter((answer) => !isSuccess(answer))).toEqual([]);
      expect(judgeSideBySide(domain, answers)).toEqual([]);
      expect(stack.partnerCenter.tenants.get(domain)?.resets).toEqual([]);
    }
  },
);

test.each([
  ['behind', 'ahead', () => [slow, fast] as const],
  ['ahead', 'behind', () => [fast, slow] as const],
])(
  'does not treat the lease of a holder whose clock is %s as expired on an instance whose clock is %s',
  { timeout: 60_000 },
  async (owner, _other, pick) => {
    const prefix = `lease${owner}`;
    const domain = `${prefix}.onmicrosoft.com`;
    const before = stack.partnerCenter.createCalls;
    // The lease holder is about to receive the password, and a repeat does not return it: an instance that sees the lease as expired would reset.
    const matches = ({ operation }: { operation: string }): boolean => operation === 'createCustomer';
    stack.partnerCenter.server.faults.add({ kind: 'slow', delay: 1500, matches });
    const [first, second] = pick();
    const owned = send(stack, first, payloadFor(prefix));
    await until(() => stack.partnerCenter.createCalls > before);
    const joined = await send(stack, second, payloadFor(prefix));
    const answers = [await owned, joined];
    expect(answers[0]).toMatchObject({ status: 201 });
    expect(answers.filter((answer) => !isSuccess(answer))).toEqual([]);
    expect(judgeSideBySide(domain, answers)).toEqual([]);
    expect(stack.partnerCenter.tenants.get(domain)?.resets).toEqual([]);
    expect(judge(stack, domain, [await send(stack, second, payloadFor(prefix))])).toEqual([]);
  },
);
