import { HeldCredentials } from '../credentials/held-credentials.ts';
import { VaultCredential } from '../key-vault/vault-credential.ts';
import { openVault, type Vault } from '../key-vault/vault.ts';
import type { PartnerCenter } from '../partner-center/request.ts';
import { createPartnerSignIn } from '../partner-center/sign-in/sign-in.ts';
import { backgroundLog } from '../log/log.ts';
import { Deadline } from '../network/deadline.ts';
import type { Settings } from '../settings/settings.ts';
import { openTable, tableResource, type Table } from '../table-storage/table.ts';
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
  /** Begins to fetch what every first call needs: tokens, challenges of the vaults, partner secrets. Failures are reported by the call that meets them. */
  prepare(): void;
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
  const signIn = createPartnerSignIn({ settings, partnerVault, identity });
  const vaults = [
    openVault('credential', settings.credentialVaultUrl, identity),
    ...(fallback === undefined ? [] : [openVault('fallback', fallback, identity)]),
  ];
  return {
    settings,
    partner: { settings, signIn },
    vaults,
    table: openTable(settings.onboardingTableUrl, identity),
    held: new HeldCredentials(),
    inFlight: new InFlight(),
    prepare() {
      identity.prefetch(tableResource);
      signIn.prepare();
      for (const vault of vaults) {
        const call = { deadline: Deadline.after(settings.onboardingTimeout), log: backgroundLog };
        vault.warmUp(call).catch(() => undefined);
      }
    },
  };
}
