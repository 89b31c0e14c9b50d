import { randomUUID } from 'node:crypto';
import type { WireAnswer } from '../wire/wire.ts';

/** An error in Key Vault's shape; `inner` is the specific code (Key Vault REST API error codes). */
export function vaultError(status: number, code: string, message: string, inner?: string): WireAnswer {
  const error = { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) };
  return { status, body: JSON.stringify({ error }) };
}

/** 400, as for every value that Key Vault rejects. */
export function badParameter(message: string): WireAnswer {
  return vaultError(400, 'BadParameter', message);
}

export function secretNotFound(name: string): WireAnswer {
  const message = `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it.`;
  return vaultError(404, 'SecretNotFound', message);
}

/** 401 with the challenge from which the SDK learns the tenant and the resource (Key Vault: authentication, requests and responses). */
export function challenge(authorization: string, resource: string, message: string): WireAnswer {
  const answer = vaultError(401, 'Unauthorized', message);
  const header = `Bearer authorization="${authorization}", resource="${resource}"`;
  return { ...answer, headers: { 'www-authenticate': header } };
}

/** The answer with the headers that Key Vault puts on all of them; `now` is the vault's own clock in milliseconds. */
export function complete(answer: WireAnswer, now: number): WireAnswer {
  const headers = {
    'cache-control': 'no-cache',
    'x-ms-request-id': randomUUID(),
    'x-ms-keyvault-service-version': '1.9.2000.1',
    date: new Date(now).toUTCString(),
    ...(answer.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
