import type { EntraEmulator } from './entra/entra-emulator.ts';
import { makeCertificate } from './wire/certificate.ts';
import type { ManagedIdentityEmulator } from './identity/managed-identity-emulator.ts';
import type { KeyVaultEmulator } from './key-vault/key-vault-emulator.ts';

export interface PartnerSeed {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly flow: 'app' | 'app+user';
  readonly credential: 'secret' | 'certificate' | 'managed-identity';
  /** Partner Center's resource. */
  readonly audience: string;
  readonly federatedAudience: string;
}

interface SeededEmulators {
  readonly entra: EntraEmulator;
  readonly identity: ManagedIdentityEmulator;
  readonly partnerVault: KeyVaultEmulator;
}

/** Registers the partner's app and writes its secrets to the partner vault, as an operator would; returns the secret values. */
export function seedPartner({ entra, identity, partnerVault }: SeededEmulators, seed: PartnerSeed): readonly string[] {
  const { clientId, clientSecret, credential } = seed;
  const secrets: string[] = [];
  partnerVault.setSecret('partner-tenant-id', entra.tenantId);
  partnerVault.setSecret('partner-client-id', clientId);
  if (credential === 'secret') {
    entra.registerApp({ clientId, secrets: [clientSecret] });
    partnerVault.setSecret('partner-client-secret', clientSecret);
    secrets.push(clientSecret);
  } else if (credential === 'certificate') {
    const { certificate, privateKey } = makeCertificate();
    entra.registerApp({ clientId, certificates: [certificate] });
    const contentType = 'application/x-pem-file';
    partnerVault.setSecret('partner-client-certificate', `${privateKey}${certificate}`, { contentType });
    secrets.push(privateKey.split('\n')[1] ?? privateKey);
  } else {
    entra.registerApp({ clientId, federatedCredentials: [identity.federatedCredential(seed.federatedAudience)] });
  }
  if (seed.flow === 'app+user') {
    const { token } = entra.addRefreshToken({ clientId, resource: seed.audience });
    partnerVault.setSecret('partner-refresh-token', token);
    secrets.push(token);
  }
  return secrets;
}
