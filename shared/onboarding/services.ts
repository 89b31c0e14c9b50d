import { HeldCredentials } from '../credentials/held-credentials.ts';
import { VaultCredential } from '../key-vault/vault-credential.ts';
import { openVault, type Vault } from '../key-vault/vault.ts';
import type { PartnerCenter } from '../partner-center/request.ts';
import { createPartnerSignIn } from '../partner-center/sign-in/sign-in.ts';
import { backgroundLog } from '../log/log.ts';
import { connect } from '../network/connect.ts';
import { Deadline } from '../network/deadline.ts';
import type { Settings } from '../settings/settings.ts';
import { openTable, tableResource, type Table } from '../table-storage/table.ts';
import { InFlight } from './in-flight.ts';

/** The checks of domain, country rules and address. */
const parallelChecks = 3;

/** Clients, settings and caches that an instance of the app keeps for its lifetime. */
export interface Services {
  readonly settings: Settings;
  readonly partner: PartnerCenter;
  /** The vaults for credentials, in the order they are tried. */
  readonly vaults: readonly Vault[];
  /** The table of onboarding records. */
  readonly table: Table;
  readonly held: HeldCredentials;
  readonly inFlight: InFlight;
  /** Prefetches what every first call needs: tokens, challenges of the vaults, partner secrets, connections. The first call that needs them reports failures. */
  prepare(): void;
}

/** Creates the clients of vaults, table and Partner Center; sends nothing. */
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
      const deadline = Deadline.after(settings.onboardingTimeout);
      identity.prefetch(tableResource);
      signIn.prepare();
      for (const vault of vaults) vault.warmUp({ deadline, log: backgroundLog }).catch(() => undefined);
      // Tokens and secrets take three round trips until these are needed, as long as a connection.
      void connect('entra', settings.authorityUrl, deadline);
      void connect('partner-center', settings.partnerCenterUrl, deadline, parallelChecks);
    },
  };
}
