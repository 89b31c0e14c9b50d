import type { Patch } from '../simulation/build-app.ts';
import type { Theme } from './questions.ts';

/** The workflow without one of its safeguards, and the theme in which a promise breaks then. */
export interface ModelMutant {
  readonly safeguard: string;
  readonly patches?: readonly Patch[];
  /** A guarantee that the effects give, taken out of the world. */
  readonly without?: string;
  readonly theme: Theme;
}

/** Replaces a piece of a file of the workflow by another. */
export const inFile =
  (name: string) =>
  (find: string, replace: string): Patch => ({ file: `shared/onboarding/workflow/${name}.ts`, find, replace });
