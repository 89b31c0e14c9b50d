import type { Patch } from '../simulation/build-app.ts';
import type { Plan } from '../simulation/plan.ts';

/** The app without one of its safeguards. */
export interface Mutant {
  readonly safeguard: string;
  readonly patches: readonly Patch[];
  /** The proof that has to go red; the general simulation unless told. */
  readonly proof?: Proof;
  /** A proof beside the simulation: what it found wrong. It goes first. */
  readonly check?: (patches: readonly Patch[]) => Promise<string | undefined>;
}

/** Seeds with a part of their plan set, and what every one of them has to come to, where that is certain. */
export interface Proof {
  readonly name: string;
  readonly focus: Partial<Plan>;
  readonly expected?: string;
}
