import { makeCertificate } from '../../local/wire/certificate.ts';

/** One certificate for a whole test file: making an RSA key takes a while. */
export const testCertificate = makeCertificate();
