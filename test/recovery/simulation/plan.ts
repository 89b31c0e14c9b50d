import type { Knobs } from '../../local/partner-center/knobs.ts';
import type { FaultKind } from '../../local/wire/wire.ts';
import type { Cloud } from '../../../shared/settings/clouds.ts';
import { drawCallers, type CallerPlan } from './plan-callers.ts';
import { planEvents, type PlannedEvent } from './plan-events.ts';
import { Random } from './random.ts';
import { minute, second } from './units.ts';

export { hour, minute, second } from './units.ts';

/** Behaviour of the network during the fault phase. */
export interface WirePlan {
  /** Milliseconds of latency of most requests and answers, each. */
  readonly usual: number;
  /** Latency factor of each instance, in the order of their start. */
  readonly slowness: readonly number[];
  /** Probability of a latency of up to a minute or two. */
  readonly late: number;
  /** Probability of a fault, by service. */
  readonly faults: Readonly<Record<ServiceName, number>>;
  /** Probability that an instance is killed at a boundary of a request that changes something. */
  readonly kill: number;
  /** The statuses of faults of kind `status`; any error status by default. */
  readonly statuses?: readonly [number, ...number[]];
  /** The operations that fail or are slow; all by default. */
  readonly operations?: readonly string[];
  /** The kinds of faults; all by default. */
  readonly kinds?: readonly [FaultKind, ...FaultKind[]];
}

export type ServiceName =
  | 'partnerCenter'
  | 'credentialVault'
  | 'fallbackVault'
  | 'partnerVault'
  | 'entra'
  | 'identity'
  | 'table';

/** Everything that a seed decides before the run. The network faults of each request are drawn during the run. */
export interface Plan {
  readonly seed: number;
  readonly flow: 'app' | 'app+user';
  readonly cloud: Cloud;
  readonly fallbackVault: boolean;
  readonly gdap: boolean;
  readonly instances: number;
  readonly clockOffsets: readonly [number, number, number];
  readonly vaultOffsets: readonly [number, number];
  readonly tableOffset: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly knobs: Partial<Knobs>;
  readonly wire: WirePlan;
  readonly callers: readonly CallerPlan[];
  readonly events: readonly PlannedEvent[];
  /** When faults end. */
  readonly faultsEnd: number;
  /** Calls with the same payload send the same correlation id, as a flow may. */
  readonly oneCorrelation: boolean;
  /** Keeps all logs and searches them for secrets. */
  readonly wholeLogs: boolean;
}

/** The plan of a seed; `focus` sets parts of it, for targeted proofs. */
export function planOf(seed: number, focus: Partial<Plan> = {}): Plan {
  const random = new Random(seed);
  const faultsEnd = random.between(1, 25) * minute;
  const calm = random.chance(0.3);
  const rate = (most: number): number => (calm || random.chance(0.4) ? 0 : random.between(0, most));
  const fallbackVault = random.chance(0.6);
  const short = random.chance(0.2);
  const plan: Plan = {
    seed,
    flow: random.chance(0.5) ? 'app+user' : 'app',
    cloud: random.chance(0.92) ? 'global' : 'usgov',
    fallbackVault,
    gdap: random.chance(0.9),
    instances: random.whole(1, 3),
    clockOffsets: [drawOffset(random), drawOffset(random), drawOffset(random)],
    vaultOffsets: [drawOffset(random), drawOffset(random)],
    tableOffset: drawOffset(random),
    settings: {
      ...(short ? { ONBOARDING_TIMEOUT_SECONDS: '60', ONBOARDING_LEASE_SECONDS: '90' } : {}),
      ...(random.chance(0.2) ? { CREDENTIAL_EXPIRY_DAYS: '90' } : {}),
    },
    knobs: drawKnobs(random),
    wire: {
      usual: random.pick([5, 100, 1000]),
      slowness: random.pick([[], [], [1, 10, 1], [10, 1, 1], [1, 1, 30]]),
      late: random.pick([0, 0.01, 0.05]),
      faults: {
        partnerCenter: rate(0.3),
        credentialVault: rate(0.3),
        fallbackVault: rate(0.2),
        partnerVault: rate(0.1),
        entra: rate(0.1),
        identity: rate(0.1),
        table: rate(0.3),
      },
      kill: random.pick([0, 0, 0.01, 0.05, 0.15]),
    },
    callers: drawCallers(random, faultsEnd),
    events: planEvents(random, faultsEnd, fallbackVault),
    faultsEnd,
    oneCorrelation: random.chance(0.3),
    wholeLogs: random.chance(0.1),
  };
  return { ...plan, ...focus };
}

/** Most clocks are correct; some are minutes off. */
function drawOffset(random: Random): number {
  return random.chance(0.6) ? 0 : random.between(-5, 5) * minute;
}

function drawKnobs(random: Random): Partial<Knobs> {
  const refusals = ['27002 tenant', '27002 nothing', '3000 nothing', '800018 nothing', '27002 domain'] as const;
  const [code, leaves] = random.pick(refusals).split(' ') as [string, 'tenant' | 'nothing' | 'domain'];
  return {
    replay: random.pick(['same', 'without-password', 'domain-exists']),
    replayRetention: random.pick([Infinity, Infinity, 5 * minute, 30 * second]),
    repeatWhileRunning: random.pick(['wait', 'conflict', 'taken']),
    createDuration: random.pick([0, 2, 30, 120, 172, 250]) * second,
    takenAnswer: random.pick([400, 409]),
    answer202: random.chance(0.08),
    listLag: random.chance(0.4) ? random.between(0, 20) * minute : 0,
    auditLag: random.chance(0.4) ? random.between(0, 20) * minute : 0,
    readLag: random.chance(0.2) ? random.between(0, 5) * minute : 0,
    domainFilterFails: random.chance(0.1),
    gdapRolesAssigned: random.chance(0.7),
    gdapDelay: random.chance(0.2) ? random.between(0, 10) * minute : 0,
    extraUsers: random.pick([0, 3]),
    ...(random.chance(0.12)
      ? { createRefusal: { status: 400, code: Number(code), leaves, times: random.whole(1, 2) } }
      : {}),
  };
}
