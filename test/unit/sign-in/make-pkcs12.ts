import forge from 'node-forge';
import type { MadeCertificate } from '../../local/wire/certificate.ts';

export interface Pkcs12Input {
  readonly algorithm?: 'aes128' | 'aes256' | '3des';
  /** Empty by default, as Key Vault's; null is no password. */
  readonly password?: string | null;
  /** Certificates of the chain, PEM. */
  readonly chain?: readonly string[];
}

/** A PKCS#12 file in base64, as Key Vault returns it. */
export function makePkcs12(made: MadeCertificate, input: Pkcs12Input = {}): string {
  const { algorithm = '3des', password = '', chain = [] } = input;
  const key = forge.pki.privateKeyFromPem(made.privateKey);
  const certificates = [...chain, made.certificate].map((pem) => forge.pki.certificateFromPem(pem));
  const file = forge.pkcs12.toPkcs12Asn1(key, certificates, password, { algorithm });
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary').toString('base64');
}

/** The same with the key encrypted without a password, which differs from an empty one (RFC 7292, appendix B.1). */
export function makePkcs12WithoutPassword(made: MadeCertificate): string {
  const { asn1, pki } = forge;
  const { SEQUENCE, OCTETSTRING, INTEGER, OID } = asn1.Type;
  const sequence = (...items: forge.asn1.Asn1[]) => asn1.create(asn1.Class.UNIVERSAL, SEQUENCE, true, items);
  const octets = (bytes: string) => asn1.create(asn1.Class.UNIVERSAL, OCTETSTRING, false, bytes);
  const wrap = (item: forge.asn1.Asn1) => asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, [item]);
  const oid = (text: string) => asn1.create(asn1.Class.UNIVERSAL, OID, false, asn1.oidToDer(text).getBytes());
  const tagged = (type: string, item: forge.asn1.Asn1) => sequence(oid(type), wrap(item));
  const data = (item: forge.asn1.Asn1) => tagged('1.2.840.113549.1.7.1', octets(asn1.toDer(item).getBytes()));
  const key = pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(pki.privateKeyFromPem(made.privateKey)));
  const none = null as unknown as string;
  const shrouded = pki.encryptPrivateKeyInfo(key, none, { algorithm: '3des' });
  const certificate = asn1.toDer(pki.certificateToAsn1(pki.certificateFromPem(made.certificate))).getBytes();
  const bags = sequence(
    tagged('1.2.840.113549.1.12.10.1.2', shrouded),
    tagged('1.2.840.113549.1.12.10.1.3', tagged('1.2.840.113549.1.9.22.1', octets(certificate))),
  );
  const version = asn1.create(asn1.Class.UNIVERSAL, INTEGER, false, asn1.integerToDer(3).getBytes());
  const file = sequence(version, data(sequence(data(bags))));
  return Buffer.from(asn1.toDer(file).getBytes(), 'binary').toString('base64');
}
