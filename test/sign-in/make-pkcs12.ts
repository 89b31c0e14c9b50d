import forge from 'node-forge';
import type { MadeCertificate } from '../local/entra/make-certificate.ts';

export interface Pkcs12Input {
  readonly algorithm?: 'aes128' | 'aes256' | '3des';
  /** Empty unless told, as Key Vault's; null is none at all. */
  readonly password?: string | null;
  /** Certificates of the chain, PEM. */
  readonly chain?: readonly string[];
}

/** A PKCS#12 file in base64, as Key Vault hands it out. */
export function makePkcs12(made: MadeCertificate, input: Pkcs12Input = {}): string {
  const { algorithm = '3des', password = '', chain = [] } = input;
  const key = forge.pki.privateKeyFromPem(made.privateKey);
  const certificates = [...chain, made.certificate].map((pem) => forge.pki.certificateFromPem(pem));
  const file = forge.pkcs12.toPkcs12Asn1(key, certificates, password, { algorithm });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary').toString('base64');
}
