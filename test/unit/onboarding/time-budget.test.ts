import { expect, test } from 'vitest';
import { shares } from '../../../shared/onboarding/workflow/time-budget.ts';

/** The seconds of a share in a call of the default duration. */
const seconds = (share: number): number => share * 200;

test('a caller waits for the same payload on another instance for less than a Power Automate action lasts', () => {
  expect(seconds(shares.waitSame)).toBe(80);
  expect(seconds(shares.waitSame + shares.store)).toBeLessThan(120);
});

test('the steps before the create leave time for the create and the reserve for storing', () => {
  expect(shares.checks + shares.store).toBeLessThan(0.6);
  expect(shares.reconcile + shares.store).toBeLessThan(0.5);
});
