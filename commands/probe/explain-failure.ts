import { OnboardingError } from '../../shared/errors/onboarding-error.ts';
import { UpstreamError } from '../../shared/network/upstream-error.ts';
import { SettingsError } from '../../shared/settings/settings.ts';
import { ProbeRefusal } from './probe-refusal.ts';

/** A failure as a message for the operator. Messages of unknown errors are omitted, because they may contain anything. */
export function explainFailure(error: unknown): string {
  const known =
    error instanceof ProbeRefusal ||
    error instanceof OnboardingError ||
    error instanceof UpstreamError ||
    error instanceof SettingsError;
  return known ? error.message : `something unexpected failed (${error instanceof Error ? error.name : 'no error'})`;
}
