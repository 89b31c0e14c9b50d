import { randomUUID } from 'node:crypto';
import type { WireAnswer } from '../wire/wire.ts';

const messages: Readonly<Record<string, string>> = {
  ResourceNotFound: 'The specified resource does not exist.',
  TableNotFound: 'The table specified does not exist.',
  TableAlreadyExists: 'The table specified already exists.',
  EntityAlreadyExists: 'The specified entity already exists.',
  UpdateConditionNotSatisfied: 'The update condition specified in the request was not satisfied.',
  MissingRequiredHeader: 'An HTTP header that is mandatory for this request is not specified.',
  PropertiesNeedValue: 'The values are not specified for all properties in the entity.',
  PropertyValueTooLarge: 'The property value exceeds the maximum allowed size (64KB).',
  InvalidInput: 'One of the request inputs is not valid.',
  ServerBusy: 'The server is currently unable to receive requests. Please retry your request.',
  NoAuthenticationInformation:
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  InvalidAuthenticationInfo:
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  AuthorizationPermissionMismatch: 'This request is not authorized to perform this operation using this permission.',
};

/** An error in the shape of the Table service ("Status and error codes" of Azure Storage). */
export function tableError(status: number, code: string): WireAnswer {
  const value = messages[code] ?? code;
  return { status, body: JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value } } }) };
}

/** 401 with the challenge that names Entra and the resource. */
export function challenge(authority: string, code: string): WireAnswer {
  const header = `Bearer authorization_uri=${authority}/oauth2/authorize resource_id=https://storage.azure.com`;
  return { ...tableError(401, code), headers: { 'www-authenticate': header } };
}

/** The answer with the headers that the service puts on all of them; `now` is its own clock in milliseconds. */
export function complete(answer: WireAnswer, now: number, version: string): WireAnswer {
  const requestId = randomUUID();
  const headers = {
    'cache-control': 'no-cache',
    server: 'Windows-Azure-Table/1.0 Microsoft-HTTPAPI/2.0',
    'x-ms-request-id': requestId,
    'x-ms-version': version,
    'x-content-type-options': 'nosniff',
    date: new Date(now).toUTCString(),
    ...(answer.body === undefined
      ? {}
      : { 'content-type': 'application/json;odata=minimalmetadata;streaming=true;charset=utf-8' }),
  };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
