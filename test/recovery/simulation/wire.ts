import { minute, type Plan, type ServiceName } from './plan.ts';
import type { Random } from './random.ts';
import { clock, pass } from './virtual-time.ts';
import type { World } from './world.ts';
import type { Fault, FaultKind, Stage, WireRequest } from '../../local/wire/wire.ts';

/** Every fault except an error status and a slow answer. */
export const failures = [
  'reset-before',
  'reset-after',
  'timeout-before',
  'timeout-after',
  'truncated',
  'garbage',
  'html-502',
] as const satisfies readonly FaultKind[];
const kinds: readonly [FaultKind, ...FaultKind[]] = [...failures, 'status', 'slow'];
const statuses = [500, 503, 429, 401, 403, 404, 408, 409] as const;
const changing = new Set(['createCustomer', 'resetPassword', 'setSecret', 'insertRow', 'replaceRow']);

/** Reports wire events to the rest of the run. */
export interface WireWatch {
  /** A request has reached the service and is about to be handled. */
  handled(request: WireRequest): void;
  processed(request: WireRequest, service: ServiceName): void;
  /** An answer was sent; if it is garbled, only its status and headers can be read. */
  answered(request: WireRequest, garbled: boolean): void;
}

/** Delays every request and fails some, as the seed decides; a frozen machine receives nothing until it thaws. */
export function connectWire(world: World, random: Random, watch: WireWatch): void {
  const { plan } = world;
  for (const [key, server] of Object.entries(world.stack.servers)) {
    const service = key as ServiceName;
    const drawn = new WeakMap<WireRequest, Fault | undefined>();
    const faultOf = (request: WireRequest): Fault | undefined => {
      if (!drawn.has(request)) drawn.set(request, drawFault(world, service, request, random));
      return drawn.get(request);
    };
    for (const kind of kinds) {
      server.faults.add(makeFault(world, kind, random, (request) => faultOf(request)?.kind === kind));
    }
    server.onStage = async (stage, request) => {
      const node = world.nodes.find(({ machine }) => machine.name === request.front);
      if (stage === 'processed') watch.processed(request, service);
      if (stage === 'answered') watch.answered(request, drawn.get(request)?.kind === 'garbage');
      if (stage !== 'answered') await pass(drawDelay(plan, random, stage, request, node?.number));
      if (stage === 'arrived' && reachesService(drawn.get(request))) watch.handled(request);
      const deadly = changing.has(request.operation) && clock.now < plan.faultsEnd;
      if (deadly && node?.state === 'up' && random.chance(plan.wire.kill)) {
        void world.kill(node);
        void world.replace(random.between(0, 2 * minute));
      }
      const thaw = (node?.machine.frozenUntil ?? 0) - clock.now;
      if (stage !== 'processed' || thaw <= 0 || thaw === Infinity) return;
      // When a machine thaws, chance decides whether the answer or its own timers come first.
      await pass(random.chance(0.5) ? thaw - 2 : thaw);
    };
  }
}

function drawFault(world: World, service: ServiceName, request: WireRequest, random: Random): Fault | undefined {
  if (clock.now >= world.plan.faultsEnd || !random.chance(world.plan.wire.faults[service])) return undefined;
  const { operations } = world.plan.wire;
  if (operations && !operations.includes(request.operation)) return undefined;
  return { kind: random.pick(world.plan.wire.kinds ?? kinds), matches: () => true };
}

function reachesService(fault: Fault | undefined): boolean {
  return !fault || !['reset-before', 'timeout-before', 'html-502', 'status'].includes(fault.kind);
}

function makeFault(world: World, kind: FaultKind, random: Random, matches: Fault['matches']): Fault {
  const fault = { kind, matches, times: Infinity };
  if (kind === 'slow') {
    return Object.defineProperty(fault, 'delay', { get: () => random.between(1, 60) * 1000 });
  }
  if (kind !== 'status') return fault;
  const answer = (): Fault['answer'] => {
    const status = random.pick<number>(world.plan.wire.statuses ?? statuses);
    const wait = random.chance(0.5) ? { 'retry-after': String(random.pick([1, 5, 30, 86_400])) } : {};
    return random.chance(0.5)
      ? { status, headers: wait }
      : world.stack.partnerCenter.errorAnswer(status, random.pick([800003, 2000]));
  };
  return Object.defineProperty(fault, 'answer', { get: answer });
}

/** Latency in milliseconds. A late request exceeds every caller's timeout, but never a lease duration: nothing is in flight longer than that. */
function drawDelay(plan: Plan, random: Random, stage: Stage, request: WireRequest, instance = -1): number {
  const { usual, late } = plan.wire;
  const calm = clock.now >= plan.faultsEnd;
  const hit = plan.wire.operations?.includes(request.operation) ?? true;
  if (calm || !hit || !random.chance(late))
    return random.between(0, calm ? 50 : usual * (plan.wire.slowness[instance] ?? 1));
  const lease = Number(plan.settings['ONBOARDING_LEASE_SECONDS'] ?? 60) * 1000;
  const most = stage === 'arrived' && changing.has(request.operation) ? 0.2 : 0.3;
  return random.between(0, lease * most);
}
