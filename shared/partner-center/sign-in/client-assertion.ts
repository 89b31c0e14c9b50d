import { constants, randomUUID, sign } from 'node:crypto';
import type { ClientCertificate } from './client-certificate.ts';

/** In seconds. Entra expects a short lifetime; the skew allows for clock differences. */
const life = 300;
const skew = 60;

/**
 * A client assertion: a JWT signed with the certificate's key. It is valid once, for the token endpoint `audience`, for five minutes
 * (Microsoft identity platform, "Certificate credentials").
 */
export function makeClientAssertion(certificate: ClientCertificate, clientId: string, audience: string): string {
  const second = Math.floor(Date.now() / 1000);
  const head = encode({ typ: 'JWT', alg: 'PS256', 'x5t#S256': certificate.thumbprint });
  const claims = encode({
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    iat: second,
    nbf: second - skew,
    exp: second + life,
  });
  const signature = sign('sha256', Buffer.from(`${head}.${claims}`), {
    key: certificate.key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${head}.${claims}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
