import { makeCertificate } from '../../local/entra/make-certificate.ts';

/** One certificate for a whole test file: making an RSA key takes a while. */
export const testCertificate = makeCertificate();
