import { sleep } from '../../../shared/network/clock.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, type Answer } from './caller.ts';
import { buildFault, faultCanary, type FaultName } from './fault-kinds.ts';
import { describeRecord, isSuccess, judge } from './judge.ts';
import { nameCall } from './name-call.ts';
import { inParallel } from './proof-stack.ts';
import { prefixOf, settleAll, type Pursuit } from './settle.ts';
import { nameAnswer, type Cell } from './table.ts';

/** What goes wrong where: for one request, or for as long as the first call lasts. */
export interface FaultPlan {
  readonly call: string;
  readonly fault: FaultName;
  readonly lasting: boolean;
  readonly domain: string;
  /** The codes that the first answer may have, beside success. */
  readonly allowed: readonly string[];
}

interface Faulted extends Pursuit {
  readonly plan: FaultPlan;
  readonly hits: number;
}

/** Injects each fault into the first call of an instance of its own, which then is called until it succeeds; judges every answer. */
export async function faultAndSettle(stack: Stack, plans: readonly FaultPlan[]): Promise<Cell[]> {
  // Those that wait cost nothing; too many of the others at once would run out of their short times.
  const waits = ({ fault, call: at }: FaultPlan): boolean => /timeout|slow/.test(fault) || /store .*admin/.test(at);
  const call = (plan: FaultPlan): Promise<Faulted> => callWithFault(stack, plan);
  const faulted = (
    await Promise.all([
      inParallel(plans.filter(waits), 48, call),
      inParallel(
        plans.filter((plan) => !waits(plan)),
        4,
        call,
      ),
    ])
  ).flat();
  await settleAll(stack, faulted, { until: isSuccess });
  const cells = faulted.map((one) => describe(stack, one));
  await Promise.all(faulted.map(({ instance }) => instance.kill()));
  return cells;
}

async function callWithFault(stack: Stack, plan: FaultPlan): Promise<Faulted> {
  const { domain, call, fault, lasting } = plan;
  const instance = await stack.startInstance({ fronts: true, name: `faulted-${domain}` });
  const [server = ''] = call.split(' ');
  const seen = { hits: 0, active: true };
  stack.servers[server]?.faults.add({
    ...buildFault(stack, server, fault),
    times: Infinity,
    matches: (request) => {
      const hit =
        seen.active &&
        request.front === instance.name &&
        nameCall(server, request) === call &&
        (lasting || seen.hits === 0);
      if (hit) seen.hits += 1;
      return hit;
    },
  });
  const answers: Answer[] = [];
  for (let tries = 0; tries < 4 && seen.hits === 0; tries++) {
    // A busy machine may have failed the call elsewhere, under a lease of its own.
    if (tries > 0) await sleep(2500);
    answers.push(await send(stack, instance, payloadFor(prefixOf(domain))));
  }
  seen.active = false;
  return { domain, instance, answers, plan, hits: seen.hits };
}

function describe(stack: Stack, { domain, answers, plan, hits, instance }: Faulted): Cell {
  const { call, fault, lasting, allowed } = plan;
  const first = answers.find(({ text }) => text !== '');
  const last = answers.at(-1);
  const breaches = judge(stack, domain, answers);
  const code = first?.code ?? String(first?.status);
  if (hits === 0) breaches.push('the call was not made');
  if (first && !isSuccess(first) && !allowed.includes(code)) breaches.push(`first answer ${code}`);
  if (!last || !isSuccess(last)) {
    breaches.push(`ended with ${last?.code ?? last?.status}: ${describeRecord(stack, domain)}`);
  }
  const said = [...answers.map(({ text }) => text), ...instance.logLines.map(({ message }) => message)].join('\n');
  if (said.includes(faultCanary)) breaches.push('repeats what an upstream said');
  const many = answers.length > 2 ? ` x${answers.length}` : '';
  const outcome = answers.length === 1 ? nameAnswer(first) : `${nameAnswer(first)}>${nameAnswer(last)}${many}`;
  return { row: call, column: `${fault}${lasting ? '' : ' once'}`, outcome, breaches };
}
