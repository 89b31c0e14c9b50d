import { currentAttempt, type Attempt } from '../../../shared/record/row.ts';
import type {
  CreateAnswer,
  Facts,
  Found,
  Knowledge,
  Owner,
  Stored,
} from '../../../shared/onboarding/workflow/knowledge.ts';
import type { Run, State, Version } from './state.ts';

/** Clocks and configuration. The model has no waiting: a call that would wait ends instead. */
export function factsOf(state: State, run: Run): Facts {
  const { row } = run.knowledge;
  const attempt = attemptOf(run.knowledge);
  return {
    leaseHolds: run.holdsLease && state.lease === 'running',
    canReset: state.resets !== 'impossible' && attempt?.sentAt === state.day,
    mayWait: false,
    mayRepeat: (run.knowledge.unanswered ?? 0) < 1,
    listsCaughtUp: row !== undefined && Math.max(attempt?.sentAt ?? 0, row.unansweredAt ?? 0) < state.day,
  };
}

function attemptOf({ row, current }: Knowledge): Attempt | undefined {
  return row && currentAttempt({ attempts: row.attempts, current: current ?? row.current });
}

/** The idempotency key of the attempt that a call works on. */
export function requestIdOf(knowledge: Knowledge): string {
  return attemptOf(knowledge)?.requestId ?? '';
}

/** The tenant is created. */
export function makeTenant(state: State, requestId: string): void {
  state.tenant = { requestId, password: 1, day: state.day };
}

/** Whether Partner Center's lists and probes may still omit a domain: for a day. */
export function mayLag({ tenant, stranger, day }: State): boolean {
  return tenant ? tenant.day === day : stranger;
}

export function isReadable({ down }: State, vault: number): boolean {
  return down !== 'both' && down !== (vault === 0 ? 'first' : 'second');
}

/** The first vault that accepts a write. */
export function findTarget({ down }: State): number | undefined {
  if (down === 'both' || down === 'writes') return undefined;
  return down === 'first' ? 1 : 0;
}

/** The effect of a create that arrives, and Partner Center's answer. */
export function create(state: State, requestId: string): CreateAnswer {
  if (state.running !== undefined) return { kind: 'exists' };
  if (state.refusals.includes(requestId)) return { kind: 'refused' };
  if (state.tenant) return state.tenant.requestId === requestId ? repeated(state) : { kind: 'exists' };
  if (state.stranger) return { kind: 'exists' };
  if (!state.userNames.includes(true)) state.wrong = 'created although no vault was known to take writes';
  makeTenant(state, requestId);
  return { kind: 'password' };
}

function repeated(state: State): CreateAnswer {
  if (showsPassword(state)) return { kind: 'password' };
  return { kind: state.repeat === 'noPassword' ? 'noPassword' : 'exists' };
}

/** Whether a repeat of the create returns the first password. */
export function showsPassword({ repeat, faded }: State): boolean {
  return repeat === 'same' || (repeat === 'fades' && !faded);
}

/** Who owns the domain, judged by the attempts in the row. */
export function lookUp({ tenant, stranger, running }: State, { row }: Knowledge): Owner {
  if (running !== undefined || !(tenant || stranger)) return { kind: 'unknown' };
  const attempt = row?.attempts.findIndex(({ requestId }) => requestId === tenant?.requestId) ?? -1;
  return attempt >= 0 ? { kind: 'ours', attempt } : { kind: 'stranger' };
}

/** What the readable vaults hold for all attempts. */
export function findCredentials(state: State, { row }: Knowledge): Found {
  const own = new Set(row?.attempts.map(({ requestId }) => requestId));
  const index = state.versions.findLastIndex(({ vault, requestId }) => isReadable(state, vault) && own.has(requestId));
  const version = state.versions[index];
  return {
    everyVault: isReadable(state, 0) && isReadable(state, 1),
    userName: state.userNames.some((there, vault) => there && isReadable(state, vault)),
    ...(version ? { stored: { ...storedAt(state, index), requestId: version.requestId } } : {}),
  };
}

/** A stored password, as named in the workflow. */
export function storedAt({ versions, userNames }: State, index: number): Stored {
  const vault = versions[index]?.vault ?? 0;
  const userName = userNames[vault] ? { userNameVersion: 'user name' } : {};
  return { vault: `${vault}`, passwordVersion: `${index}`, ...userName };
}

/** The password that a call would store now. */
export function versionOf(state: State, run: Run): Version {
  const late = !(factsOf(state, run).leaseHolds || run.unguarded);
  return { requestId: requestIdOf(run.knowledge), password: run.password, vault: findTarget(state) ?? 0, late };
}
