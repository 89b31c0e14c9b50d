import { HeldCredentials } from '../credentials/held-credentials.ts';
import { VaultCredential } from '../key-vault/vault-credential.ts';
import { openVault, type Vault } from '../key-vault/vault.ts';
import type { PartnerCenter } from '../partner-center/request.ts';
import { createPartnerSignIn } from '../partner-center/sign-in/sign-in.ts';
import type { Settings } from '../settings/settings.ts';
import { openTable, type Table } from '../table-storage/table.ts';
import { InFlight } from './in-flight.ts';

/** What an instance of the app keeps for its lifetime. */
export interface Services {
  readonly settings: Settings;
  readonly partner: PartnerCenter;
  /** The vaults for credentials, in the order they are tried. */
  readonly vaults: readonly Vault[];
  /** The table of the records. */
  readonly table: Table;
  readonly held: HeldCredentials;
  readonly inFlight: InFlight;
}

/** Opens the vaults, the table and the way to Partner Center; nothing is sent yet. */
export function openServices(settings: Settings): Services {
  const identity = new VaultCredential({
    clientId: settings.identityClientId,
    timeout: settings.onboardingTimeout * 0.2,
    resource: settings.vaultResource,
  });
  const partnerVault = openVault('partner', settings.partnerVaultUrl, identity);
  const fallback = settings.credentialVaultFallbackUrl;
  return {
    settings,
    partner: { settings, signIn: createPartnerSignIn({ settings, partnerVault, identity }) },
    vaults: [
      openVault('credential', settings.credentialVaultUrl, identity),
      ...(fallback === undefined ? [] : [openVault('fallback', fallback, identity)]),
    ],
    table: openTable(settings.onboardingTableUrl, identity),
    held: new HeldCredentials(),
    inFlight: new InFlight(),
  };
}
