import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Log } from '../log/log.ts';
import { openServices, type Services } from '../onboarding/services.ts';
import { readSettings, SettingsError } from '../settings/settings.ts';

let opened: Services | undefined;

/** The services of this instance, opened by the first call; throws `ConfigurationError` and logs each faulty setting. */
export function getServices(log: Log): Services {
  try {
    opened ??= openServices(readSettings(process.env));
    return opened;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const { setting, reason } of error.faults) log('error', 'ConfigurationError', { setting, reason });
    const message = 'The settings check failed; the log names each fault.';
    const details = [{ code: 'ConfigurationError', target: 'settings', message }];
    throw new OnboardingError('ConfigurationError', { target: 'settings', details });
  }
}

/** Requests tokens and partner secrets when the app is loaded, so that the first call finds them. Neither waits nor throws: the first call reports faults. */
export function prepareServices(): void {
  try {
    opened ??= openServices(readSettings(process.env));
    opened.prepare();
  } catch {
    // The first call reports the faulty settings.
  }
}

/** Waits for work that must not be aborted when the instance stops: creates in flight, and held credentials. */
export async function finishWork(): Promise<void> {
  if (!opened) return;
  const { held, inFlight, partner } = opened;
  // In parallel: a create that hangs must not prevent held credentials of other domains from being stored.
  await Promise.all([held.flush(), inFlight.settled().then(() => held.flush()), partner.signIn.pending()]);
}

/** The authorization level of functions that require a caller: function keys, or with `entra` App Service Authentication in front of the app. */
export function callerLevel(): 'anonymous' | 'function' {
  return process.env['CALLER_AUTHENTICATION']?.trim().toLowerCase() === 'entra' ? 'anonymous' : 'function';
}
