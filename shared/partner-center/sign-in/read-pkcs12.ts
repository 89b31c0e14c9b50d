// Each module of the library adds its functions to one shared object.
import forge, { type Asn1 } from 'node-forge/lib/forge.js';
import 'node-forge/lib/pbe.js';

const pkcs7Data = '1.2.840.113549.1.7.1';
const pkcs7EncryptedData = '1.2.840.113549.1.7.6';
const keyBag = '1.2.840.113549.1.12.10.1.1';
const shroudedKeyBag = '1.2.840.113549.1.12.10.1.2';
const certificateBag = '1.2.840.113549.1.12.10.1.3';

/**
 * The keys and certificates of a PKCS#12 file without a password, as PEM (RFC 7292). The certificate bytes stay unchanged, because the
 * thumbprint depends on them. Throws if the file is not PKCS#12.
 */
export function readPkcs12(file: Buffer): string {
  try {
    return readWith('', file);
  } catch {
    // Some tools encode "no password" as an empty string, others as no string at all (RFC 7292, appendix B.1).
    return readWith(null, file);
  }
}

function readWith(password: string | null, file: Buffer): string {
  const pfx = forge.asn1.fromDer(file.toString('binary'));
  const authenticatedSafe = forge.asn1.fromDer(octets(at(pfx, 1, 1, 0)));
  return parts(authenticatedSafe)
    .flatMap((contentInfo) => parts(forge.asn1.fromDer(openContent(contentInfo, password))))
    .flatMap((bag) => readBag(bag, password))
    .join('');
}

/** The encoded bags of one ContentInfo, which is plain or encrypted with the password (RFC 7292, section 4.1). */
function openContent(contentInfo: Asn1, password: string | null): string {
  const type = oid(at(contentInfo, 0));
  if (type === pkcs7Data) return octets(at(contentInfo, 1, 0));
  if (type !== pkcs7EncryptedData) throw new Error('unsupported PKCS#12 content');
  const encrypted = at(contentInfo, 1, 0, 1);
  const cipher = forge.pki.pbe.getCipher(oid(at(encrypted, 1, 0)), at(encrypted, 1, 1), password);
  cipher.update(forge.util.createBuffer(octets(at(encrypted, 2))));
  if (!cipher.finish()) throw new Error('PKCS#12 content cannot be decrypted');
  return cipher.output.getBytes();
}

function readBag(bag: Asn1, password: string | null): string[] {
  const content = at(bag, 1, 0);
  switch (oid(at(bag, 0))) {
    case keyBag:
      return [toPem('PRIVATE KEY', forge.asn1.toDer(content).getBytes())];
    case shroudedKeyBag: {
      const key = forge.pki.decryptPrivateKeyInfo(content, password);
      if (!key) throw new Error('PKCS#12 key cannot be decrypted');
      return [toPem('PRIVATE KEY', forge.asn1.toDer(key).getBytes())];
    }
    case certificateBag:
      return [toPem('CERTIFICATE', octets(at(content, 1, 0)))];
    default:
      return [];
  }
}

function toPem(label: string, bytes: string): string {
  const lines = Buffer.from(bytes, 'binary')
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

function at(value: Asn1, ...path: number[]): Asn1 {
  return path.reduce((node, index) => {
    const part = parts(node)[index];
    if (!part) throw new Error('not a PKCS#12 structure');
    return part;
  }, value);
}

function parts(value: Asn1): Asn1[] {
  if (typeof value.value === 'string') throw new Error('not a PKCS#12 structure');
  return value.value;
}

/** The bytes of an octet string. BER allows it to be split into several parts. */
function octets({ value }: Asn1): string {
  return typeof value === 'string' ? value : value.map(octets).join('');
}

function oid({ value }: Asn1): string {
  if (typeof value !== 'string') throw new Error('not a PKCS#12 structure');
  return forge.asn1.derToOid(value);
}
