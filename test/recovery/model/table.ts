import type { Attempt, Row } from '../../../shared/record/row.ts';
import type { AnyStep } from '../../../shared/onboarding/workflow/move.ts';
import type { Lease, Run, State } from './state.ts';

const body = { country: 'CH', culture: 'de-CH', language: 'de', enableGDAPByDefault: true };

/** The n-th attempt of a payload: equal bytes have the same request id. */
function attemptOf(fingerprint: string, number: number, sentAt: number): Attempt {
  const requestId = `${fingerprint}.${number}`;
  return { ...body, number, requestId, fingerprint, createCorrelationId: requestId, sentAt };
}

/** The row that a step of this call would write, built by the product's code. */
export function changeOf(
  { day }: State,
  { change, lease }: AnyStep,
  { payload, knowledge }: Run,
): { row: Row; lease: Lease } {
  if (!change || !lease) throw new Error('This step does not change the row.');
  const row = change(knowledge, { attempt: (number) => attemptOf(payload, number, day), now: day });
  if (lease === 'release') return { row, lease: 'none' };
  return { row: { ...row, lease: { holder: '', seconds: lease === 'holdForReset' ? 300 : 60 } }, lease: 'running' };
}

/** Writes the row: calls that read the previous one hold an outdated ETag, and their writes in flight fail. */
export function put(state: State, written: { row: Row; lease: Lease }, writer?: Run): void {
  state.row = written.row;
  state.lease = written.lease;
  state.flights = state.flights
    .filter(({ kind }) => kind !== 'row')
    .map((flight) => (flight.kind === 'store' ? { ...flight, underLease: false } : flight));
  for (const run of state.runs) Object.assign(run, { fresh: false, holdsLease: false });
  if (writer) Object.assign(writer, { fresh: true, holdsLease: written.lease === 'running' });
}
