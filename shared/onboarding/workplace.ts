import { randomUUID } from 'node:crypto';
import { VaultCredential } from '../key-vault/vault-credential.ts';
import { openVault } from '../key-vault/vault.ts';
import { createPartnerSignIn } from '../partner-center/sign-in/sign-in.ts';
import type { Settings } from '../settings/settings.ts';
import { HeldCredentials } from './credentials/held-credentials.ts';
import { InFlight } from './in-flight.ts';
import type { Workplace } from './run.ts';
import { TurnedAway } from './turned-away.ts';

/** Everything that lives as long as this instance of the app. */
export interface OpenWorkplace extends Workplace {
  readonly inFlight: InFlight;
}

/** Opens the vaults and the way to Partner Center; nothing is sent yet. */
export function openWorkplace(settings: Settings): OpenWorkplace {
  const identity = new VaultCredential({
    clientId: settings.identityClientId,
    timeout: settings.onboardingTimeout * 0.2,
    resource: settings.vaultResource,
  });
  const partnerVault = openVault('partner', settings.partnerVaultUrl, identity);
  const fallback = settings.credentialVaultFallbackUrl;
  return {
    settings,
    instance: randomUUID(),
    partner: { settings, signIn: createPartnerSignIn({ settings, partnerVault, identity }) },
    vaults: [
      openVault('credential', settings.credentialVaultUrl, identity),
      ...(fallback === undefined ? [] : [openVault('fallback', fallback, identity)]),
    ],
    held: new HeldCredentials(),
    turnedAway: new TurnedAway(),
    inFlight: new InFlight(),
  };
}
