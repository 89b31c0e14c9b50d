import { randomBytes, randomUUID } from 'node:crypto';
import { clouds, type Cloud } from '../../shared/settings/clouds.ts';
import type { EntraEmulator } from './entra/entra-emulator.ts';
import { startEntraEmulator } from './entra/start-entra-emulator.ts';
import type { ManagedIdentityEmulator } from './identity/managed-identity-emulator.ts';
import { startManagedIdentityEmulator } from './identity/start-managed-identity-emulator.ts';
import type { VaultPermission } from './key-vault/find-operation.ts';
import type { KeyVaultEmulator } from './key-vault/key-vault-emulator.ts';
import { startKeyVaultEmulator } from './key-vault/start-key-vault-emulator.ts';
import { startPartnerCenterEmulator, type PartnerCenterEmulator } from './partner-center/partner-center-emulator.ts';
import { seedPartner } from './seed-partner.ts';
import { startTableStorageEmulator } from './table-storage/start-table-storage-emulator.ts';
import type { TableStorageEmulator } from './table-storage/table-storage-emulator.ts';
import type { EmulatorServer } from './wire/emulator-server.ts';

export interface UpstreamOptions {
  readonly flow?: 'app' | 'app+user';
  readonly credential?: 'secret' | 'certificate' | 'managed-identity';
  readonly cloud?: Cloud;
  readonly fallbackVault?: boolean;
  /** Random by default. */
  readonly clientSecret?: string;
}

/** All upstreams of the app, on loopback. */
export interface Upstreams {
  readonly identity: ManagedIdentityEmulator;
  readonly entra: EntraEmulator;
  readonly partnerVault: KeyVaultEmulator;
  readonly credentialVault: KeyVaultEmulator;
  readonly fallbackVault: KeyVaultEmulator | undefined;
  readonly table: TableStorageEmulator;
  readonly partnerCenter: PartnerCenterEmulator;
  readonly clientId: string;
  /** The partner's secrets, which must never appear in an answer or a log. */
  readonly partnerSecrets: readonly string[];
}

/** Permissions of the app on a credential vault: it writes secrets and reads metadata, but never reads a value. */
const credentialPermissions: readonly VaultPermission[] = ['set', 'list'];

/** Starts all emulators on free ports and stores the partner's secrets, random for this run. */
export async function startUpstreams(options: UpstreamOptions = {}): Promise<Upstreams> {
  const { flow = 'app', credential = 'secret', cloud = 'global' } = options;
  const preset = clouds[cloud];
  const audience = preset.partnerCenterScope.replace(/\/\.default$/, '');
  const vault = (name: string, permissions: readonly VaultPermission[]): Promise<KeyVaultEmulator> =>
    startKeyVaultEmulator({ name, permissions, resource: preset.vaultResource });
  const partnerPermissions: VaultPermission[] = flow === 'app' ? ['get'] : ['get', 'set'];
  const [identity, entra, partnerVault, credentialVault, table, partnerCenter, fallbackVault] = await Promise.all([
    startManagedIdentityEmulator({ clientId: randomUUID() }),
    startEntraEmulator(),
    vault('partner', partnerPermissions),
    vault('credentials', credentialPermissions),
    startTableStorageEmulator(),
    startPartnerCenterEmulator({ audience, knobs: { cloud } }),
    options.fallbackVault ? vault('fallback', credentialPermissions) : undefined,
  ]);
  const clientId = randomUUID();
  const clientSecret =
    options.clientSecret ?? `${randomBytes(5).toString('hex')}~${randomBytes(24).toString('base64url')}`;
  const partner = { clientId, clientSecret, flow, credential, audience, federatedAudience: preset.federatedAudience };
  const partnerSecrets = seedPartner({ entra, identity, partnerVault }, partner);
  return {
    identity,
    entra,
    partnerVault,
    credentialVault,
    fallbackVault,
    table,
    partnerCenter,
    clientId,
    partnerSecrets,
  };
}

/** The servers by the names that `readEnvironment` expects for their addresses. */
export function listServers(upstreams: Upstreams): Record<string, EmulatorServer> {
  const { identity, entra, partnerVault, credentialVault, fallbackVault, table, partnerCenter } = upstreams;
  return Object.fromEntries(
    Object.entries({ identity, entra, partnerVault, credentialVault, fallbackVault, table, partnerCenter }).flatMap(
      ([name, emulator]) => (emulator ? [[name, emulator.server]] : []),
    ),
  );
}

/** The app's settings (README, "Settings") for upstreams at the given addresses. */
export function readEnvironment(
  { identity, table }: Upstreams,
  { flow = 'app', credential = 'secret', cloud = 'global' }: UpstreamOptions,
  urls: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    PARTNER_VAULT_URL: urls['partnerVault'] ?? '',
    CREDENTIAL_VAULT_URL: urls['credentialVault'] ?? '',
    ...(urls['fallbackVault'] ? { CREDENTIAL_VAULT_FALLBACK_URL: urls['fallbackVault'] } : {}),
    ONBOARDING_TABLE_URL: `${urls['table']}${table.path}`,
    PARTNER_CENTER_URL: urls['partnerCenter'] ?? '',
    PARTNER_AUTHORITY_URL: urls['entra'] ?? '',
    PARTNER_CLOUD: cloud,
    PARTNER_AUTH_FLOW: flow,
    PARTNER_CLIENT_CREDENTIAL: credential,
    AZURE_CLIENT_ID: identity.clientId,
    IDENTITY_ENDPOINT: `${urls['identity']}/msi/token`,
    IDENTITY_HEADER: identity.header,
  };
}
