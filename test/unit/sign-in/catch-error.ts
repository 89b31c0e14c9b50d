import { inspect } from 'node:util';
import { expect } from 'vitest';
import { OnboardingError } from '../../../shared/errors/onboarding-error.ts';
import { expectNoLeaks } from './expect-no-leaks.ts';
import type { Rig } from './rig.ts';

/** The error of a failed sign-in; checks that it is safe for a caller and contains no secret. */
export async function catchError(rig: Rig, running: Promise<unknown>): Promise<OnboardingError> {
  const outcome = await running.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(OnboardingError);
  const error = outcome as OnboardingError;
  expectNoLeaks(rig, inspect(error, { depth: 9 }), JSON.stringify(error));
  return error;
}
