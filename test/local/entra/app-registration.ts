import { createHash, X509Certificate, type KeyObject } from 'node:crypto';

/** Which tokens of another issuer an app accepts as its credential; compared case-sensitively, as Entra does. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

export interface RegisteredCertificate {
  /** Thumbprints, base64url: SHA-1 as in `x5t`, SHA-256 as in `x5t#S256`. */
  readonly x5t: string;
  readonly x5tS256: string;
  readonly publicKey: KeyObject;
}

/** An app as Entra knows it. The lists may be changed while the emulator runs, which is how credentials are rotated. */
export interface AppRegistration {
  readonly clientId: string;
  tenantId: string;
  readonly secrets: string[];
  /** Expired secrets: AADSTS7000222. */
  readonly expiredSecrets: string[];
  readonly certificates: RegisteredCertificate[];
  readonly federatedCredentials: FederatedCredential[];
  readonly redirectUris: string[];
}

export interface AppInput {
  readonly clientId: string;
  readonly tenantId?: string;
  readonly secrets?: readonly string[];
  readonly expiredSecrets?: readonly string[];
  /** PEM; the text may also contain the private key. */
  readonly certificates?: readonly string[];
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** A loopback address matches with any port, as in Entra. */
  readonly redirectUris?: readonly string[];
}

/** The public half of a certificate, as it is registered with an app. */
export function readCertificate(pem: string): RegisteredCertificate {
  const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? pem;
  const { raw, publicKey } = new X509Certificate(block);
  const thumbprint = (algorithm: string): string => createHash(algorithm).update(raw).digest('base64url');
  return { x5t: thumbprint('sha1'), x5tS256: thumbprint('sha256'), publicKey };
}

export function createRegistration(input: AppInput, tenantId: string): AppRegistration {
  return {
    clientId: input.clientId.toLowerCase(),
    tenantId: input.tenantId ?? tenantId,
    secrets: [...(input.secrets ?? [])],
    expiredSecrets: [...(input.expiredSecrets ?? [])],
    certificates: (input.certificates ?? []).map(readCertificate),
    federatedCredentials: [...(input.federatedCredentials ?? [])],
    redirectUris: [...(input.redirectUris ?? ['http://localhost', 'http://127.0.0.1'])],
  };
}
