import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { assert, asyncProperty, integer, nat, record } from 'fast-check';
import { expect, test } from 'vitest';
import { readClientCertificate } from '../../../shared/partner-center/sign-in/client-certificate.ts';
import { SignInRefusal } from '../../../shared/partner-center/sign-in/sign-in-refusal.ts';
import { findLeaks } from '../../local/canary.ts';
import { makeCertificate } from '../../local/wire/certificate.ts';
import { makePkcs12, makePkcs12WithoutPassword, type Pkcs12Input } from './make-pkcs12.ts';
import { startRig } from './rig.ts';
import { testCertificate as own } from './test-certificate.ts';

const other = makeCertificate('another app');
const { raw } = new X509Certificate(own.certificate);
const thumbprint = createHash('sha256').update(raw).digest('base64url');

const read = (value: string, contentType?: string) =>
  readClientCertificate({ name: 'partner-client-certificate', value, contentType, version: '1', created: undefined });

const files: Record<string, Pkcs12Input> = {
  'triple DES': { algorithm: '3des' },
  'AES-128': { algorithm: 'aes128' },
  'AES-256': { algorithm: 'aes256' },
  'nothing encrypted': { algorithm: '3des', password: null },
  'the chain in front': { algorithm: 'aes256', chain: [other.certificate] },
};
for (const [name, input] of Object.entries(files)) {
  test(`reads a PKCS#12 file with ${name}`, async () => {
    const file = makePkcs12(own, input);
    if (input.password === undefined) createSecureContext({ pfx: Buffer.from(file, 'base64'), passphrase: '' });
    const certificate = await read(file, 'application/x-pkcs12');
    expect(certificate.thumbprint).toBe(thumbprint);
    expect(certificate.key.export({ type: 'pkcs8', format: 'pem' })).toBe(own.privateKey);
  });
}

test('reads a PKCS#12 file whose key was encrypted under no password at all', async () => {
  const certificate = await read(makePkcs12WithoutPassword(own), 'application/x-pkcs12');
  expect(certificate.thumbprint).toBe(thumbprint);
});

test('reads PEM, the chain and blank lines around it', async () => {
  const pem = `\n${other.certificate}\n\n${own.privateKey}\r\n${own.certificate}`;
  expect((await read(pem, 'application/x-pem-file')).thumbprint).toBe(thumbprint);
});

test('distinguishes PEM and PKCS#12 without a content type', async () => {
  expect((await read(own.privateKey + own.certificate)).thumbprint).toBe(thumbprint);
  expect((await read(makePkcs12(own))).thumbprint).toBe(thumbprint);
});

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const over = makeCertificate('over', 0.5);
const refused: Record<string, [value: string, reason: string]> = {
  'a certificate without its key': [own.certificate, 'holds no private key'],
  'a key without its certificate': [own.privateKey, 'holds no certificate that belongs'],
  'the certificate of another key': [own.privateKey + other.certificate, 'holds no certificate that belongs'],
  'an elliptic key': [elliptic.export({ type: 'pkcs8', format: 'pem' }).toString() + own.certificate, 'RSA'],
  'a certificate that is over': [over.privateKey + over.certificate, 'has expired'],
  'a PKCS#12 file with a password': [makePkcs12(own, { algorithm: 'aes256', password: 'pass' }), 'neither PEM nor'],
  'a PKCS#12 file with a password, in triple DES': [makePkcs12(own, { password: 'pass' }), 'neither PEM nor'],
  'half a PKCS#12 file': [makePkcs12(own).slice(0, 1500), 'neither PEM nor'],
  'some text': ['this is no certificate', 'neither PEM nor'],
  'a broken key': [
    `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${own.certificate}`,
    'cannot be read',
  ],
};
for (const [name, [value, reason]] of Object.entries(refused)) {
  test(`refuses ${name} and quotes nothing of it`, async () => {
    const error: unknown = await read(value).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SignInRefusal);
    const { refusal, stack } = error as SignInRefusal;
    expect(refusal).toMatchObject({ kind: 'ConfigurationError', secret: 'credential' });
    expect(refusal.reason).toContain(reason);
    expect(findLeaks(`${stack}${JSON.stringify(refusal)}`, [value])).toEqual([]);
  });
}

test('answers any damage to a PKCS#12 file with a certificate or a refusal', async () => {
  const whole = Buffer.from(makePkcs12(own), 'base64');
  const damage = record({ at: nat(whole.length - 1), byte: nat(255), end: integer({ min: 1, max: whole.length }) });
  await assert(
    asyncProperty(damage, async ({ at, byte, end }) => {
      const file = Buffer.from(whole);
      file[at] = byte;
      const value = file.subarray(0, end).toString('base64');
      const outcome = await read(value, 'application/x-pkcs12').catch((error: unknown) => error);
      // A damaged certificate may still be readable but not registered: Entra reports that.
      const { thumbprint: found } = outcome as { thumbprint?: string };
      expect(outcome instanceof SignInRefusal || found?.length === 43).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('signs in with a PKCS#12 file from the vault', async () => {
  const rig = await startRig({ credential: 'certificate' });
  rig.vault.setSecret('partner-client-certificate', makePkcs12(own), { contentType: 'application/x-pkcs12' });
  await rig.signIn.accessToken(rig.call());
  expect(rig.entra.issued[0]?.credential).toBe('certificate');
});
