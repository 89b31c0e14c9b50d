import { sleep } from '../../../shared/network/clock.ts';
import type { Instance } from '../../local/instance.ts';
import type { Stack } from '../../local/stack.ts';
import { payloadFor, send, stateOf } from './caller.ts';
import { describeRecord, isPasswordStored, isSuccess, judge } from './judge.ts';
import { KillSwitches, type Boundary } from './kill-switches.ts';
import { inParallel, passLeases } from './proof-stack.ts';
import { describeEnd, prefixOf, settleAll, type Pursuit } from './settle.ts';
import type { Cell } from './table.ts';

/** What to kill, and at which boundary. */
export interface CrashPlan {
  readonly boundary: Boundary;
  readonly domain: string;
}

interface Killed extends Pursuit {
  readonly plan: CrashPlan;
  readonly hit: boolean;
  /** The state after the process was killed. */
  readonly left: { readonly created: boolean; readonly stored: boolean; readonly succeeded: boolean };
}

/**
 * Kills a separate process at each boundary (kill -9), then lets another instance repeat the call until its outcome is final, and checks it: a
 * password may be lost only if it could not be recovered.
 */
export async function crashAndSettle(stack: Stack, plans: readonly CrashPlan[], column: string): Promise<Cell[]> {
  const switches = new KillSwitches(stack);
  const instance = await stack.startInstance();
  const killed = await inParallel(plans, 3, (plan) => killAt(stack, switches, plan, instance));
  // Other instances take over at once or wait for the lease; here it has expired, so that nothing waits.
  passLeases(stack);
  await settleAll(stack, killed);
  // One more call gets the same outcome.
  await inParallel(killed, 12, async ({ domain, answers }) => {
    answers.push(await send(stack, instance, payloadFor(prefixOf(domain))));
  });
  return killed.map((one) => describe(stack, one, column));
}

async function killAt(stack: Stack, switches: KillSwitches, plan: CrashPlan, instance: Instance): Promise<Killed> {
  const { domain, boundary } = plan;
  const victim = await stack.startInstance({ process: true, fronts: true, name: `victim-${domain}` });
  const armed = switches.arm(victim, boundary);
  await sendUntilHit(stack, victim, armed, domain);
  await victim.kill();
  const left = {
    created: stack.partnerCenter.creates(domain) > 0,
    stored: isPasswordStored(stack, domain),
    succeeded: stateOf(stack, domain) === 'Succeeded',
  };
  return { domain, instance, answers: [], plan, hit: armed.hit, left };
}

/** Kills an instance between the creation of each tenant and its answer, so that only a recovery can obtain the password. */
export async function loseFirstAnswers(stack: Stack, domains: readonly string[]): Promise<void> {
  const switches = new KillSwitches(stack);
  await inParallel(domains, 12, async (domain) => {
    const first = await stack.startInstance({ fronts: true, name: `first-${domain}` });
    const armed = switches.arm(first, { call: 'partnerCenter createCustomer', stage: 'processed' });
    await sendUntilHit(stack, first, armed, domain);
    if (!armed.hit) throw new Error(`${domain} was not created`);
  });
  passLeases(stack);
}

/** On a busy machine a call may fail before it reaches the boundary. */
async function sendUntilHit(stack: Stack, instance: Instance, armed: { hit: boolean }, domain: string): Promise<void> {
  for (let tries = 0; tries < 5 && !armed.hit; tries++) {
    if (tries > 0) await sleep(1000);
    await send(stack, instance, payloadFor(prefixOf(domain)));
  }
}

function describe(stack: Stack, killed: Killed, column: string): Cell {
  const { domain, answers, plan, hit, left } = killed;
  const { call, stage } = plan.boundary;
  const calls = answers.slice(0, -1);
  const last = calls.at(-1);
  const breaches = judge(stack, domain, answers);
  if (!hit) breaches.push('the boundary was not reached');
  const { replay } = stack.partnerCenter.knobs;
  const appOnly = stack.environment['PARTNER_AUTH_FLOW'] === 'app';
  const outOfReach = appOnly && replay !== 'same' && left.created && !left.stored;
  const expected = outOfReach ? ['CredentialsLost'] : left.succeeded ? ['200'] : ['201', '200'];
  const end = last?.code ?? String(last?.status);
  if (!expected.includes(end))
    breaches.push(`ended with ${end}, ${JSON.stringify(left)}: ${describeRecord(stack, domain)}`);
  const again = answers.at(-1);
  if (last && isSuccess(last) && again?.status !== 200) breaches.push(`a repeat got ${again?.code ?? again?.status}`);
  if (outOfReach && again?.code !== 'CredentialsLost') breaches.push(`a repeat got ${again?.code ?? again?.status}`);
  return { row: call, column: `${column} ${stage}`, outcome: describeEnd(calls), breaches };
}
