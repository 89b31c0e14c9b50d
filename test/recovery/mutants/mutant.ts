import type { Patch } from '../simulation/build-app.ts';
import type { Plan } from '../simulation/plan.ts';

/** The app without one of its safeguards. */
export interface Mutant {
  readonly safeguard: string;
  readonly patches: readonly Patch[];
  /** The proof that must fail; the general simulation by default. */
  readonly proof?: Proof;
  /** A proof outside the simulation; returns its violations. It runs first. */
  readonly check?: (patches: readonly Patch[]) => Promise<string | undefined>;
}

/** Seeds with a part of their plan fixed, and the outcome of each where it is certain. */
export interface Proof {
  readonly name: string;
  readonly focus: Partial<Plan>;
  readonly expected?: string;
}
