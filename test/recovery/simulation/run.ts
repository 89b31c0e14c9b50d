import { randomUUID } from 'node:crypto';
import { bodyOf, payloadOf, sendCall, type Call } from './caller.ts';
import type { Judge } from './judge.ts';
import type { PlannedEvent } from './plan-events.ts';
import type { CallerPlan } from './plan-callers.ts';
import { hour, minute, second } from './units.ts';
import type { Random } from './random.ts';
import { makeTrouble, takeDomain } from './trouble.ts';
import { clock, pass } from './virtual-time.ts';
import type { World, Node } from './world.ts';

/** Milliseconds without faults within which a repeating caller must get a final answer. */
const mostToSettle = hour;

/** What the callers and their environment do in one run. */
export class Run {
  calls = 0;
  settledAfter = 0;
  readonly #world: World;
  readonly #judge: Judge;
  readonly #random: Random;
  readonly #trace: (line: string) => void;

  constructor(world: World, judge: Judge, random: Random, trace: (line: string) => void = () => undefined) {
    this.#world = world;
    this.#judge = judge;
    this.#random = random;
    this.#trace = trace;
  }

  /** A caller who repeats as a flow in Power Automate does. */
  async call({ variant, startsAt, tries, interval, patience, instance }: CallerPlan): Promise<void> {
    await pass(startsAt);
    for (let tried = 0; tried < tries; tried++) {
      const at = this.#world.up.find(({ number }) => number === instance);
      const call = await this.#send(variant, patience, at);
      const status = call?.answer?.status ?? 503;
      if (status < 500 && status !== 429 && status !== 408) return;
      await pass(interval || Math.max(call?.answer?.retryAfter ?? 0, 10 * second));
    }
  }

  async #send(variant: 'A' | 'B', patience: number, at?: Node): Promise<Call | undefined> {
    const { up, plan, domain } = this.#world;
    const node = at ?? up[Math.floor(this.#random.next() * up.length)];
    if (!node) return undefined;
    this.calls += 1;
    const flow = `7c9e6679-7425-40de-944b-e07fc1f90a${variant === 'A' ? 'a' : 'b'}0`;
    const correlationId = plan.oneCorrelation ? flow : randomUUID();
    const call = await sendCall(node, payloadOf(plan, domain, variant), { variant, patience, correlationId });
    this.#judge.answer(call);
    const code = bodyOf(call).code ?? '';
    const seconds = (time: number): number => Math.round(time / 100) / 10;
    this.#trace(
      `${seconds(call.sentAt)}–${seconds(call.answeredAt)} s ${variant} at ${node.machine.name}: ${call.answer?.status ?? 'no answer'} ${code}`,
    );
    return call;
  }

  async happen({ at, lasts, what }: PlannedEvent): Promise<void> {
    await pass(at);
    const world = this.#world;
    this.#trace(`${Math.round(clock.now / second)} s ${JSON.stringify(what)} for ${Math.round(lasts / second)} s`);
    if (what.kind === 'vault') {
      makeTrouble(world, what, true);
      await pass(lasts);
      makeTrouble(world, what, false);
    } else if (what.kind === 'unreachable') {
      const { faults } = world.stack.servers[what.service] ?? {};
      const ends = clock.now + lasts;
      faults?.add({ kind: 'reset-before', times: Infinity, matches: () => clock.now < ends });
    } else if (what.kind === 'stranger') {
      takeDomain(world, what.who);
    } else {
      const node = world.nodes[what.instance];
      if (node?.state !== 'up') return;
      if (what.kind === 'freeze') world.freeze(node, lasts, what.monotonicStops);
      else await Promise.all([world[what.kind](node), world.replace(this.#random.between(0, 2 * minute))]);
    }
  }

  /** After the faults: callers repeat, every 30 s to 5 minutes at first, and one of them must get a final answer in time. */
  async settle(): Promise<string> {
    const world = this.#world;
    const { knobs } = world.stack.partnerCenter;
    knobs.gdapRolesAssigned = true;
    if (world.up.length === 0) await world.startNode();
    const began = clock.now;
    let outcome: string | undefined;
    const caller = async (variant: 'A' | 'B', interval: number): Promise<void> => {
      let wait = interval;
      while (outcome === undefined && clock.now - began < 40 * hour) {
        const call = await this.#send(variant, 230 * second);
        const answered = call && readSettled(call);
        // A refusal is not final while a tenant of ours exists nevertheless: the lists show it later.
        const tenant = world.stack.partnerCenter.tenants.get(world.domain);
        const settled = answered === 'RejectedByPartnerCenter' && tenant?.origin === 'api' ? undefined : answered;
        if (settled && variant === 'A') outcome ??= settled;
        // The pauses grow; without a final answer after an hour the caller waits a day, which keeps a run short.
        wait = clock.now - began < mostToSettle ? wait * 1.1 : 4 * hour;
        if (outcome === undefined) await pass(wait);
      }
    };
    const interval = this.#random.between(30, 300) * second;
    await Promise.all([caller('A', interval), ...(this.#random.chance(0.4) ? [caller('A', interval * 1.1)] : [])]);
    this.settledAfter = clock.now - began;
    if (outcome === undefined) this.#judge.blame('never settled');
    // Waiting gives the final answer only if another organization may own the domain, or if the create takes as long.
    const hasToSettle = knobs.createDuration < mostToSettle && outcome !== 'DomainTaken';
    if (this.settledAfter > mostToSettle && hasToSettle) this.#judge.blame('not settled within an hour');
    // All requests in flight have ended by then; none of them may have changed the final outcome.
    await pass(15 * minute);
    this.#judge.look();
    return outcome ?? 'never';
  }
}

/** The final outcome of an answer; undefined if the caller must repeat. */
function readSettled(call: Call): string | undefined {
  const { status } = call.answer ?? {};
  if (status === 200 || status === 201) return 'Succeeded';
  const { code } = bodyOf(call);
  return status !== undefined && (status < 500 || code === 'CredentialsLost') && status !== 429 ? code : undefined;
}
