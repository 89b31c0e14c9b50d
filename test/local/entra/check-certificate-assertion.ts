import { constants, verify, type KeyObject } from 'node:crypto';
import type { RegisteredCertificate } from './app-registration.ts';
import { EntraRefusal } from './entra-refusal.ts';
import type { Assertion } from './read-assertion.ts';
import type { TokenRequest } from './read-token-request.ts';

/** Entra accepts a clock difference of five minutes. */
const SKEW_SECONDS = 300;
const LONGEST_SECONDS = 86_400;

/**
 * Checks an assertion signed with the app's certificate: thumbprint, signature, audience, issuer, subject, times, and that it
 * was not used before ("Microsoft identity platform application authentication certificate credentials").
 */
export function checkCertificateAssertion(request: TokenRequest, assertion: Assertion, used: Set<string>): void {
  const { header, claims } = assertion;
  const certificate = request.app.certificates.find((candidate) => isNamed(header, candidate));
  if (!certificate) throw new EntraRefusal(700027, 'The thumbprint is not that of a registered certificate.');
  if (!isSigned(assertion, certificate.publicKey)) throw new EntraRefusal(700027, 'The signature is not valid.');
  const isApp = (claim: unknown): boolean => typeof claim === 'string' && claim.toLowerCase() === request.app.clientId;
  if (!isApp(claims['iss']) || !isApp(claims['sub'])) throw new EntraRefusal(700021);
  if (!request.endpoints.includes(String(claims['aud']))) throw new EntraRefusal(700023);
  checkTimes(claims);
  const { jti } = claims;
  if (typeof jti !== 'string' || jti === '') throw new EntraRefusal(50027, 'The assertion has no jti.');
  if (used.has(jti)) throw new EntraRefusal(700027, 'The assertion was used before: its jti is not unique.');
  used.add(jti);
}

function isNamed(header: Assertion['header'], certificate: RegisteredCertificate): boolean {
  const [x5t, x5tS256] = [header['x5t'], header['x5t#S256']];
  if (x5t === undefined && x5tS256 === undefined) return false;
  const sha1Fits = x5t === undefined || x5t === certificate.x5t;
  return sha1Fits && (x5tS256 === undefined || x5tS256 === certificate.x5tS256);
}

function isSigned({ header, signed, signature }: Assertion, key: KeyObject): boolean {
  const data = Buffer.from(signed);
  if (header['alg'] === 'RS256') return verify('sha256', data, key, signature);
  if (header['alg'] !== 'PS256') return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha256', data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
}

function checkTimes({ exp, nbf }: Assertion['claims']): void {
  const now = Date.now() / 1000;
  if (typeof exp !== 'number' || typeof nbf !== 'number') throw new EntraRefusal(700024, 'exp and nbf are needed.');
  const open = nbf <= now + SKEW_SECONDS && exp > now - SKEW_SECONDS;
  if (!open || exp - Math.min(nbf, now) > LONGEST_SECONDS) throw new EntraRefusal(700024);
}
