import type { LeaseState, Row } from './row.ts';

/** The status of a record, as callers see it. */
export const statuses = [
  'InProgress',
  'Succeeded',
  'Refused',
  'CredentialsNotStored',
  'OutcomeUnknown',
  'CredentialsLost',
] as const;
export type Status = (typeof statuses)[number];

/** The status of a row: its state if final, otherwise the recorded outcome, otherwise by its lease. */
export function statusOf({ state, outcome }: Row, lease: LeaseState): Status {
  if (state === 'Succeeded' || state === 'Refused') return state;
  if (outcome === 'CredentialsNotStored' || outcome === 'CredentialsLost') return outcome;
  if (outcome === 'RejectedByPartnerCenter') return 'Refused';
  return lease === 'running' ? 'InProgress' : 'OutcomeUnknown';
}

/** A filter for the states that rows with these statuses can have ("Querying tables and entities"). */
export function filterOf(wanted: readonly Status[]): string {
  const states = new Set(
    wanted.flatMap((status) => {
      if (status === 'Succeeded') return [status];
      // Where the domain is taken after a refusal the row stays open, as the tenant may turn out to be ours.
      return status === 'Refused' ? [status, 'Open'] : ['Open', 'Resetting'];
    }),
  );
  return [...states].map((state) => `state eq '${state}'`).join(' or ');
}
