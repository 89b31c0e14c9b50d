/** The part of node-forge that reads BER and password-based encryption. The published types cover only the library as a whole. */
declare module 'node-forge/lib/forge.js' {
  export interface Asn1 {
    readonly type: number;
    /** Bytes as a binary string, or the parts of a constructed value. */
    readonly value: string | Asn1[];
  }
  interface Bytes {
    getBytes(): string;
  }
  interface Cipher {
    readonly output: Bytes;
    update(input: Bytes): void;
    finish(): boolean;
  }
  const forge: {
    readonly asn1: { fromDer(bytes: string): Asn1; toDer(value: Asn1): Bytes; derToOid(bytes: string): string };
    readonly pki: {
      decryptPrivateKeyInfo(info: Asn1, password: string | null): Asn1 | null;
      readonly pbe: { getCipher(oid: string, parameters: Asn1, password: string | null): Cipher };
    };
    readonly util: { createBuffer(bytes: string): Bytes };
  };
  export default forge;
}
declare module 'node-forge/lib/pbe.js' {}
