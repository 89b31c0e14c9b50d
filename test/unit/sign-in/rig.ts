import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { VaultCredential } from '../../../shared/key-vault/vault-credential.ts';
import { openVault } from '../../../shared/key-vault/vault.ts';
import { createLog, type LogFields } from '../../../shared/log/log.ts';
import { Deadline } from '../../../shared/network/deadline.ts';
import {
  createPartnerSignIn,
  type PartnerSignIn,
  type SignInCall,
} from '../../../shared/partner-center/sign-in/sign-in.ts';
import type { Cloud } from '../../../shared/settings/clouds.ts';
import { readSettings, type Settings } from '../../../shared/settings/settings.ts';
import type { AppRegistration } from '../../local/entra/app-registration.ts';
import type { EntraEmulator } from '../../local/entra/entra-emulator.ts';
import { startEntraEmulator } from '../../local/entra/start-entra-emulator.ts';
import type { ManagedIdentityEmulator } from '../../local/identity/managed-identity-emulator.ts';
import { startManagedIdentityEmulator } from '../../local/identity/start-managed-identity-emulator.ts';
import type { KeyVaultEmulator } from '../../local/key-vault/key-vault-emulator.ts';
import { startKeyVaultEmulator } from '../../local/key-vault/start-key-vault-emulator.ts';
import { expectNoLeaks } from './expect-no-leaks.ts';
import { testCertificate } from './test-certificate.ts';

export interface RigOptions {
  readonly cloud?: Cloud;
  readonly flow?: Settings['partnerAuthFlow'];
  readonly credential?: Settings['partnerClientCredential'];
  readonly environment?: Readonly<Record<string, string>>;
  /** Days since the refresh token was stored; 0 by default. */
  readonly refreshTokenDays?: number;
}

export interface LogLine extends LogFields {
  readonly level: string;
  readonly event: string;
}

/** The upstreams of a sign-in on loopback, with one registered app, and the production code that uses them. */
export interface Rig {
  readonly entra: EntraEmulator;
  readonly vault: KeyVaultEmulator;
  readonly identity: ManagedIdentityEmulator;
  readonly app: AppRegistration;
  readonly settings: Settings;
  readonly signIn: PartnerSignIn;
  readonly lines: LogLine[];
  /** Texts that no line and no error may contain, besides all secrets sent over the wire. */
  readonly canaries: Set<string>;
  call(milliseconds?: number): SignInCall;
  /** The forms that reached the token endpoint. */
  forms(): URLSearchParams[];
  /** The lines at error level. */
  errors(event?: string): LogLine[];
}

export const clientId = '3f2b8c1d-6a4e-4f7b-9c2d-1e0f5a6b7c8d';

// The SDK caches the first identity endpoint for the life of the process, so this one lives as long.
const identityStarted = startManagedIdentityEmulator();

/** Starts everything for one test; at its end, closes it and searches every line for secrets. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { cloud = 'global', flow = 'app', credential = 'secret' } = options;
  const entra = await startEntraEmulator();
  const identity = await identityStarted;
  Object.assign(process.env, identity.environment);
  const settings = readSettings({
    PARTNER_CLOUD: cloud,
    PARTNER_AUTHORITY_URL: entra.url,
    PARTNER_VAULT_URL: 'http://127.0.0.1:1',
    CREDENTIAL_VAULT_URL: 'http://127.0.0.1:1',
    ONBOARDING_TABLE_URL: 'http://127.0.0.1:1/account/onboardings',
    PARTNER_AUTH_FLOW: flow,
    PARTNER_CLIENT_CREDENTIAL: credential,
    ...options.environment,
  });
  const vault = await startKeyVaultEmulator({ resource: settings.vaultResource });
  const secret = `S~"e<c&r'et/+${randomUUID()}`;
  const app = entra.registerApp({
    clientId,
    secrets: [secret],
    certificates: [testCertificate.certificate],
    federatedCredentials: [identity.federatedCredential(settings.federatedAudience)],
  });
  vault.setSecret('partner-tenant-id', entra.tenantId);
  vault.setSecret('partner-client-id', clientId);
  vault.setSecret('partner-client-secret', secret);
  const pem = testCertificate.privateKey + testCertificate.certificate;
  vault.setSecret('partner-client-certificate', pem, { contentType: 'application/x-pem-file' });
  const resource = settings.partnerCenterScope.replace('/.default', '');
  vault.clockOffsetMs = -(options.refreshTokenDays ?? 0) * 86_400_000;
  vault.setSecret('partner-refresh-token', entra.addRefreshToken({ clientId, resource }).token);
  vault.clockOffsetMs = 0;
  const lines: LogLine[] = [];
  const sink = (level: string) => (line: string) => void lines.push({ ...(JSON.parse(line) as LogLine), level });
  const [info, warn, error] = [sink('info'), sink('warn'), sink('error')];
  const spies = [
    vi.spyOn(console, 'info').mockImplementation(info),
    vi.spyOn(console, 'warn').mockImplementation(warn),
    vi.spyOn(console, 'error').mockImplementation(error),
  ];
  const credentialOfVault = new VaultCredential({ clientId: undefined, timeout: 10_000 });
  const partnerVault = openVault('partner', vault.url, credentialOfVault);
  const signIn = createPartnerSignIn({ settings, partnerVault, identity: credentialOfVault });
  const canaries = new Set<string>();
  const rig: Rig = {
    entra,
    vault,
    identity,
    app,
    settings,
    signIn,
    lines,
    canaries,
    call: (milliseconds = settings.onboardingTimeout) => ({
      deadline: Deadline.after(milliseconds),
      log: createLog({ info, warn, error }),
    }),
    forms: () =>
      entra.server.requests
        .filter(({ operation }) => operation === 'token')
        .map(({ body }) => new URLSearchParams(body)),
    errors: (event) => lines.filter((line) => line.level === 'error' && (event === undefined || line.event === event)),
  };
  onTestFinished(async () => {
    await signIn.pending();
    for (const spy of spies) spy.mockRestore();
    await Promise.all([entra.close(), vault.close()]);
    expectNoLeaks(rig);
  });
  return rig;
}
