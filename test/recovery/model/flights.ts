import type { AnyStep } from '../../../shared/onboarding/workflow/move.ts';
import { create, factsOf, requestIdOf, versionOf } from './outside.ts';
import type { Flight, Run, State } from './state.ts';
import { changeOf, put } from './table.ts';

/** Whether the request of a step may arrive after its sender has timed out or died. */
export function canFly({ effect }: AnyStep): boolean {
  return ['create', 'storePassword', 'resetPassword', 'compareAndSet'].includes(effect);
}

/** The request of a call is in flight, and its sender no longer waits for it. */
export function launch(state: State, run: Run, step: AnyStep): void {
  state.flights = [...state.flights, flightOf(state, run, step)];
}

function flightOf(state: State, run: Run, step: AnyStep): Flight {
  switch (step.effect) {
    case 'create':
      return { kind: 'create', requestId: requestIdOf(run.knowledge) };
    case 'compareAndSet':
      return { kind: 'row', ...changeOf(state, step, run) };
    case 'resetPassword':
      state.newest++;
      run.reset = state.newest;
      return { kind: 'reset', password: run.reset };
    default: {
      const { leaseHolds } = factsOf(state, run);
      return { kind: 'store', version: versionOf(state, run), underLease: leaseHolds, unguarded: run.unguarded };
    }
  }
}

/** A request arrives whose sender no longer waits for it. */
export function arrive(state: State, flight: Flight): void {
  switch (flight.kind) {
    case 'create':
      create(state, flight.requestId);
      break;
    case 'reset':
      if (state.tenant) state.tenant = { ...state.tenant, password: flight.password };
      break;
    case 'row':
      put(state, flight);
      break;
    default: {
      const late = !((flight.underLease && state.lease === 'running') || flight.unguarded);
      state.versions = [...state.versions, { ...flight.version, late }];
    }
  }
}
