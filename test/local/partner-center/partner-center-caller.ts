import { randomUUID } from 'node:crypto';
import type { PartnerCenterEmulator } from './partner-center-emulator.ts';
import { mintToken, type TokenClaims } from '../wire/tokens.ts';

const audience = 'https://api.partnercenter.microsoft.com';

/** A token as issued by the Entra token endpoint; valid for an hour. */
export function makeToken(flow: 'app' | 'user', changes: Partial<TokenClaims> = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const kind = flow === 'app' ? { idtyp: 'app' as const } : { scp: 'user_impersonation', amr: ['pwd', 'mfa'] };
  return mintToken({ aud: audience, tid: randomUUID(), appid: randomUUID(), exp, ...kind, ...changes });
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly flow?: 'app' | 'user';
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the emulator as a client does; `json` is the body without byte order mark, absent if there is none. */
export async function call(emulator: PartnerCenterEmulator, path: string, options: Call = {}) {
  const response = await fetch(`${emulator.url}${path}`, {
    method: options.method ?? 'GET',
    headers: {
      authorization: `Bearer ${makeToken(options.flow ?? 'app')}`,
      'ms-requestid': randomUUID(),
      'ms-correlationid': randomUUID(),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body !== undefined && {
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: read(text) };
}

/** Any JSON that an answer can hold, loosely typed so that tests can look into it. */
export interface Json {
  readonly [name: string]: Json & string & readonly Json[];
}

function read(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

/** The body of a create that passes all checks. */
export function customerBody(domain = 'contoso.onmicrosoft.com', changes: Record<string, unknown> = {}) {
  return {
    enableGDAPByDefault: true,
    companyProfile: { domain },
    billingProfile: {
      email: 'ada@example.com',
      culture: 'EN-US',
      language: 'en',
      companyName: 'Contoso',
      defaultAddress: {
        firstName: 'Ada',
        lastName: 'Lovelace',
        addressLine1: 'One Microsoft Way',
        city: 'Redmond',
        state: 'WA',
        postalCode: '98052',
        country: 'US',
      },
      ...changes,
    },
  };
}

/** Sends a create. The same request id makes it a repeat. */
export async function create(
  emulator: PartnerCenterEmulator,
  body: unknown = customerBody(),
  requestId: string = randomUUID(),
  options: Call = {},
) {
  const headers = { 'ms-requestid': requestId, ...options.headers };
  return await call(emulator, '/v1/customers', { ...options, method: 'POST', body, headers });
}

/** The `filter` of a list, encoded. */
export function filterBy(field: string, value: string, operator = 'starts_with'): string {
  return encodeURIComponent(JSON.stringify({ Field: field, Value: value, Operator: operator }));
}
