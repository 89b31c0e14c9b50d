import type { Knowledge, OutcomeCode } from '../../../shared/onboarding/workflow/knowledge.ts';
import { showsPassword } from './outside.ts';
import type { Run, State, Version } from './state.ts';

/** Checks the answer of a call at this moment and records it. */
export function judgeAnswer(state: State, run: Run, outcome: OutcomeCode, knowledge: Knowledge): void {
  const { tenant, versions } = state;
  const { row } = knowledge;
  const named = row?.state === 'Succeeded' ? row.credentials : knowledge.stored;
  const version = named && versions[Number(named.passwordVersion)];
  const own = tenant && ownerOf(tenant.requestId) === run.payload;
  const wrongIf = (wrong: boolean | undefined, text: string): void => {
    if (wrong) state.wrong = text;
  };
  state.last = outcome;
  if (outcome === 'Succeeded') {
    wrongIf(!opens(state, version), 'success for credentials that are not stored or do not open the tenant');
    wrongIf(tenant && !own, 'success for the tenant of another payload');
    if (version) state.told = [...new Set([...state.told, version.password])].sort((one, other) => one - other);
  }
  wrongIf(outcome === 'AlreadyOnboarded' && (!tenant || own), 'conflict with nobody but itself');
  const seenLag = state.left.lags !== state.budget.lags;
  wrongIf(outcome === 'RejectedByPartnerCenter' && run.made && !seenLag, 'said refused although made');
  // While the outcome of a reset is unknown, no older password may be used.
  if (outcome === 'CredentialsLost' && state.row?.state !== 'Resetting') {
    wrongIf(!tenant || isStored(state, ({ late }) => !late), 'said lost although stored');
    const shown = tenant?.password === 1 && showsPassword(state) && !state.refusals.includes(tenant.requestId);
    wrongIf(shown, 'said lost although a repeat shows it');
  }
  const only = knowledge.holds === 'created' && run.password === tenant?.password && !isStored(state);
  wrongIf(only, 'a living process dropped the only copy');
  if (outcome === 'DomainTaken') state.saidTaken = true;
}

/** The promise that a state breaks. */
export function findViolation(state: State): string | undefined {
  const { wrong, saidTaken, told, tenant, row, versions } = state;
  if (wrong !== undefined) return wrong;
  if (saidTaken && tenant) return 'DomainTaken for a tenant of ours';
  if (told.some((password) => password !== tenant?.password)) {
    return 'an answered password does not open the tenant any more';
  }
  if (tenant && !row?.attempts.some(({ requestId }) => requestId === tenant.requestId)) {
    return "the tenant is on nobody's record";
  }
  if (row?.state !== 'Succeeded') return undefined;
  const version = versions[Number(row.credentials?.passwordVersion)];
  if (!version || !opens(state, version))
    return 'Succeeded names credentials that are not stored or do not open the tenant';
  if (row.attempts[row.current]?.requestId !== tenant?.requestId) {
    return 'Succeeded names an attempt that did not make the tenant';
  }
  const believed = ({ vault, late, password }: Version) =>
    vault === version.vault && (!late || password === tenant?.password);
  const newest = versions.findLast(believed);
  return newest?.password === tenant?.password
    ? undefined
    : 'the newest version in the named vault does not open the tenant';
}

/** Whether the password of the tenant is stored. */
export function isStored({ versions, tenant }: State, counts: (version: Version) => boolean = () => true): boolean {
  return versions.some((version) => version.password === tenant?.password && counts(version));
}

function opens({ tenant, userNames }: State, version: Version | undefined): boolean {
  return version !== undefined && version.password === tenant?.password && userNames[version.vault] === true;
}

function ownerOf(requestId: string): string {
  return requestId.slice(0, requestId.indexOf('.'));
}
