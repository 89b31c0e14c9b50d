import { OnboardingError } from '../errors/onboarding-error.ts';
import type { Log } from '../log/log.ts';
import { openServices, type Services } from '../onboarding/services.ts';
import { readSettings, SettingsError } from '../settings/settings.ts';

let opened: Services | undefined;

/** The services of this instance, opened with the settings by the first call that needs it; throws `ConfigurationError`, each fault in the log. */
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

/** Asks for tokens and partner secrets when the app is loaded, so that the first call finds them. Neither waits nor throws: the first call reports every fault. */
export function prepareServices(): void {
  try {
    opened ??= openServices(readSettings(process.env));
    opened.prepare();
  } catch {
    // The first call names the settings at fault.
  }
}

/** Waits for what must not be cut off when the instance is told to stop: creates in flight, and credentials that only this process holds. */
export async function finishWork(): Promise<void> {
  if (!opened) return;
  const { held, inFlight, partner } = opened;
  // Side by side: a create that hangs must not keep the copies of other domains from being stored.
  await Promise.all([held.flush(), inFlight.settled().then(() => held.flush()), partner.signIn.pending()]);
}

/** The level of the functions that need a caller: App Service Authentication stands in front of them with `entra`, function keys otherwise. */
export function callerLevel(): 'anonymous' | 'function' {
  return process.env['CALLER_AUTHENTICATION']?.trim().toLowerCase() === 'entra' ? 'anonymous' : 'function';
}
