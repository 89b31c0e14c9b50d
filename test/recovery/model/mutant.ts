import type { Patch } from '../simulation/build-app.ts';
import type { Theme } from './questions.ts';

/** The workflow without one of its safeguards, and the theme in which this breaks a promise. */
export interface ModelMutant {
  readonly safeguard: string;
  readonly patches?: readonly Patch[];
  /** A guarantee of the effects, removed from the environment. */
  readonly without?: string;
  readonly theme: Theme;
}

/** Replaces a part of a workflow file. */
export const inFile =
  (name: string) =>
  (find: string, replace: string): Patch => ({ file: `shared/onboarding/workflow/${name}.ts`, find, replace });
