import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { PartnerSecret } from './partner-secret.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

/** A certificate with its private key, ready to sign. */
export interface ClientCertificate {
  readonly key: KeyObject;
  /** SHA-256 of the certificate, base64url: the header `x5t#S256`. */
  readonly thumbprint: string;
}

/**
 * Reads the secret of a Key Vault certificate: PEM, or base64 PKCS#12 with an empty password, depending on its content type (Key Vault
 * documentation, "Composition of a certificate"). Throws `SignInRefusal` if the certificate cannot be used.
 */
export async function readClientCertificate(secret: PartnerSecret): Promise<ClientCertificate> {
  const isPem = secret.contentType === 'application/x-pem-file' || secret.value.startsWith('-----BEGIN ');
  let pem: string;
  try {
    pem = isPem ? secret.value : await convertPkcs12(secret.value);
  } catch {
    throw refuse('is neither PEM nor a PKCS#12 file in base64 with an empty password');
  }
  return readPem(pem);
}

/** Node.js cannot read a key from a PKCS#12 file; the library is loaded only if one is configured. */
async function convertPkcs12(base64: string): Promise<string> {
  const { readPkcs12 } = await import('./read-pkcs12.ts');
  return readPkcs12(Buffer.from(base64, 'base64'));
}

function readPem(pem: string): ClientCertificate {
  const [keyBlock] = pem.match(/-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+?-----END (RSA )?PRIVATE KEY-----/) ?? [];
  if (!keyBlock) throw refuse('holds no private key; the certificate must be exportable');
  let key: KeyObject;
  let certificates: X509Certificate[];
  try {
    key = createPrivateKey(keyBlock);
    const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    certificates = blocks.map((block) => new X509Certificate(block));
  } catch {
    throw refuse('holds a key or certificate that cannot be read');
  }
  if (key.asymmetricKeyType !== 'rsa') throw refuse('must hold an RSA key: Entra takes no other');
  // Key Vault includes the chain. The app's certificate is the one that matches the key.
  const certificate = certificates.find((candidate) => candidate.checkPrivateKey(key));
  if (!certificate) throw refuse('holds no certificate that belongs to its private key');
  if (Date.parse(certificate.validTo) < Date.now()) throw refuse('has expired; renew the certificate in the vault');
  return { key, thumbprint: createHash('sha256').update(certificate.raw).digest('base64url') };
}

function refuse(reason: string): SignInRefusal {
  return new SignInRefusal({ kind: 'ConfigurationError', secret: 'credential', reason: `The certificate ${reason}.` });
}
