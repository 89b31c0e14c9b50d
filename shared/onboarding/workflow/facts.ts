import type { Settings } from '../../settings/settings.ts';
import { retryPolicies } from '../../network/retry-policies.ts';
import type { Attempt } from '../../record/row.ts';
import type { Effects } from './effects.ts';
import type { Facts, Knowledge } from './knowledge.ts';
import type { StepName } from './move.ts';
import { pauseBefore } from './reach-partner-center.ts';
import { day, resetReserve, shares } from './time-budget.ts';

/** Why a password cannot be reset and is therefore lost. */
export type LossReason = 'app-only' | 'no-gdap' | 'no-reset-in-cloud' | 'gdap-roles-missing' | 'too-old';

/** Whether the password of an attempt's customer can be reset, or why not. */
export function canReset(
  settings: Settings,
  { enableGDAPByDefault, sentAt }: Attempt,
  now: number,
): 'yes' | LossReason {
  if (!settings.passwordReset) return 'no-reset-in-cloud';
  if (!settings.gdap || !enableGDAPByDefault) return 'no-gdap';
  if (settings.partnerAuthFlow !== 'app+user') return 'app-only';
  return now - sentAt < day ? 'yes' : 'too-old';
}

/** The facts from clocks and configuration at the moment of a decision. */
export function factsOf(effects: Effects, known: Knowledge, name: StepName): Facts {
  const { context, record, waitingSince } = effects;
  const { deadline, services } = context;
  const row = known.row ?? record.row;
  const attempt = row?.attempts[known.current ?? row.current];
  const own = attempt?.fingerprint === known.fingerprint;
  const waited = waitingSince === undefined ? 0 : deadline.elapsed() - waitingSince;
  const tried = (known.unanswered ?? 0) + 1;
  const left = record.leaseLeft();
  return {
    leaseHolds: name === 'checkClock' ? left > resetReserve : left > 0,
    // A different payload could only get a conflict from waiting.
    mayWait: own && waited < deadline.share(shares.waitSame),
    mayRepeat:
      tried < retryPolicies.createCustomer.attempts &&
      pauseBefore(effects, tried) < deadline.remaining() - deadline.share(shares.store),
    canReset: attempt !== undefined && canReset(services.settings, attempt, record.now()) === 'yes',
    listsCaughtUp: record.now() - Math.max(known.row?.unansweredAt ?? 0, attempt?.sentAt ?? record.now()) > day,
  };
}
