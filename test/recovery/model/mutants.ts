import type { ModelMutant } from './mutant.ts';
import { mutantsBeforeCreate } from './mutants-before-create.ts';
import { mutantsOfCreate } from './mutants-of-create.ts';
import { mutantsOfRecovery } from './mutants-of-recovery.ts';

/** Every safeguard of the workflow, removed one at a time. */
export const modelMutants: readonly ModelMutant[] = [...mutantsBeforeCreate, ...mutantsOfCreate, ...mutantsOfRecovery];
