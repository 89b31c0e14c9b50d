import { readFileSync } from 'node:fs';

/** The example customer of `test/fixtures/onboarding-request.json`. */
export function readExample(): Readonly<Record<string, unknown>> {
  const path = new URL('../fixtures/onboarding-request.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
