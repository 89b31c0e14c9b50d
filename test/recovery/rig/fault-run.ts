import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, stateOf, type Answer } from './caller.ts';
import { buildFault, faultCanary, type FaultName } from './fault-kinds.ts';
import { describeRecord, isSuccess, judge } from './judge.ts';
import { nameCall } from './name-call.ts';
import { Gate } from './gate.ts';
import { inParallel } from './proof-stack.ts';
import { prefixOf, settleAll, type Pursuit } from './settle.ts';
import { nameAnswer, type Cell } from './table.ts';

/** The fault and its call: for one request, or for the duration of the first call. */
export interface FaultPlan {
  readonly call: string;
  readonly fault: FaultName;
  readonly lasting: boolean;
  readonly domain: string;
  /** The state that must be on record before the fault; selects among several calls of that name. */
  readonly after?: string | undefined;
  /** The codes that the first answer may have, besides the final outcome. */
  readonly allowed: readonly string[];
}

interface Faulted extends Pursuit {
  readonly plan: FaultPlan;
  readonly hit: boolean;
  /** Number of answers when the fault ended; the last of them was affected by it. */
  readonly firstCalls: number;
}

/**
 * Injects each fault into the first call of a separate instance, repeats the call until its final outcome (success by default), and checks every
 * answer.
 */
export async function faultAndSettle(stack: Stack, plans: readonly FaultPlan[], isEnd = isSuccess): Promise<Cell[]> {
  // A faulted call mostly waits. Too many calls at once must not compete for the machine before they reach their fault.
  const gate = new Gate(2);
  const faulted = await inParallel(plans, 100, (plan) => callWithFault(stack, plan, gate));
  await settleAll(stack, faulted, { until: isEnd });
  const cells = faulted.map((one) => describe(stack, one, isEnd));
  await Promise.all(faulted.map(({ instance }) => instance.kill()));
  return cells;
}

async function callWithFault(stack: Stack, plan: FaultPlan, gate: Gate): Promise<Faulted> {
  const { domain } = plan;
  const instance = await stack.startInstance({ fronts: true, name: `faulted-${domain}` });
  const fault = injectFault(stack, plan, instance);
  const answers: Answer[] = [];
  for (let tries = 0; tries < 4 && !fault.wasHit(); tries++) {
    // On a busy machine the call may have failed elsewhere, while holding its lease.
    if (tries > 0) await sleep(3000);
    let answer: Promise<Answer> | undefined;
    await gate.pass(async () => {
      answer = send(stack, instance, payloadFor(prefixOf(domain)));
      await Promise.race([answer, fault.hit]);
    });
    if (answer) answers.push(await answer);
  }
  fault.end();
  return { domain, instance, answers, plan, hit: fault.wasHit(), firstCalls: answers.length };
}

interface Injected {
  readonly hit: Promise<void>;
  wasHit(): boolean;
  end(): void;
}

function injectFault(stack: Stack, plan: FaultPlan, instance: Instance): Injected {
  const { call, fault, lasting, domain, after } = plan;
  const [server = ''] = call.split(' ');
  const seen = { hits: 0, active: true };
  let tell: (() => void) | undefined;
  const hit = new Promise<void>((resolve) => (tell = resolve));
  stack.servers[server]?.faults.add({
    ...buildFault(stack, server, fault),
    times: Infinity,
    matches: (request) => {
      const matched = request.front === instance.name && nameCall(server, request) === call;
      if (!matched || !seen.active || (!lasting && seen.hits > 0)) return false;
      if (after !== undefined && stateOf(stack, domain) !== after) return false;
      seen.hits += 1;
      tell?.();
      return true;
    },
  });
  return { hit, wasHit: () => seen.hits > 0, end: () => (seen.active = false) };
}

function describe(stack: Stack, faulted: Faulted, isEnd: typeof isSuccess): Cell {
  const { domain, answers, plan, hit, firstCalls, instance } = faulted;
  const { call, fault, lasting, allowed, after } = plan;
  const first = answers[firstCalls - 1];
  const last = answers.at(-1);
  const breaches = judge(stack, domain, answers);
  const code = first?.code ?? String(first?.status);
  if (!hit) breaches.push('the call was not made');
  if (first && !isEnd(first) && !allowed.includes(code)) breaches.push(`first answer ${code}`);
  if (!last || !isEnd(last)) {
    breaches.push(`ended with ${last?.code ?? last?.status}: ${describeRecord(stack, domain)}`);
  }
  const said = [...answers.map(({ text }) => text), ...instance.logLines.map(({ message }) => message)].join('\n');
  if (said.includes(faultCanary)) breaches.push('repeats what an upstream said');
  const calls = answers.length - firstCalls;
  const many = calls > 1 ? ` x${calls}` : '';
  const outcome = calls === 0 ? nameAnswer(first) : `${nameAnswer(first)}>${nameAnswer(last)}${many}`;
  const row = after === undefined ? call : `${call} after ${after}`;
  return { row, column: `${fault}${lasting ? '' : ' once'}`, outcome, breaches };
}
