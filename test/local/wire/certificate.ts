import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A self-signed certificate and its key, both PEM (the key in PKCS#8). */
export interface MadeCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

const day = 86_400_000;

/** Makes a certificate for tests (RSA 2048, SHA-256), valid for `days` from yesterday; `extensions` as node-forge names them. */
export function makeCertificate(
  commonName = 'csp-onboarding',
  days = 365,
  extensions: readonly object[] = [],
): MadeCertificate {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  made.serialNumber = '01';
  made.validity.notBefore = new Date(Date.now() - day);
  made.validity.notAfter = new Date(Date.now() + (days - 1) * day);
  const name = [{ name: 'commonName', value: commonName }];
  made.setSubject(name);
  made.setIssuer(name);
  made.setExtensions([...extensions]);
  made.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made), privateKey };
}

/** Makes a certificate for the servers of this run: for 127.0.0.1 and for every vault of these domains, valid until tomorrow. */
export function makeServerCertificate(vaultDomains: readonly string[] = []): MadeCertificate {
  const vaults = vaultDomains.map((domain) => ({ type: 2, value: `*.${domain}` }));
  return makeCertificate('Upstreams on loopback', 2, [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, ...vaults] },
  ]);
}
