/** The addresses and tokens of the bare script, which does not sign in. */
export interface BareTargets {
  readonly partnerCenterUrl: string;
  readonly vaultUrl: string;
  readonly partnerToken: string;
  readonly vaultToken: string;
}

export interface BareRequest {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request and returns the body of the answer. */
export type BareClient = (request: BareRequest) => Promise<string>;

/**
 * The script that a partner would write: six sequential calls (domain, rules, address, create and two secrets) without a record or retries, checking
 * only the answer to the create.
 */
export async function onboardBarely(client: BareClient, targets: BareTargets, customer: Customer): Promise<void> {
  const { partnerCenterUrl: origin, vaultUrl, partnerToken, vaultToken } = targets;
  const { domain, address, companyName, email } = customer;
  const send = (method: string, path: string, body?: object): Promise<string> => {
    const headers = {
      authorization: `Bearer ${partnerToken}`,
      'ms-requestid': crypto.randomUUID(),
      'ms-correlationid': crypto.randomUUID(),
      'x-locale': 'en-US',
      'content-type': 'application/json',
    };
    return client({ method, origin, path, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  };
  await send('HEAD', `/v1/domains/${domain}`);
  await send('GET', `/v1/countryvalidationrules/${address['country']}`);
  await send('POST', '/v1/validations/address', address);
  const billingProfile = {
    email,
    culture: 'en-US',
    language: 'en',
    companyName,
    firstName: address['firstName'],
    lastName: address['lastName'],
    defaultAddress: address,
  };
  const created = await send('POST', '/v1/customers', {
    enableGDAPByDefault: true,
    companyProfile: { domain, companyName },
    billingProfile,
  });
  const { userCredentials } = JSON.parse(created.replace(/^\uFEFF/, '')) as { userCredentials: Credentials };
  const base = domain.replaceAll('.', '-');
  const headers = { authorization: `Bearer ${vaultToken}`, 'content-type': 'application/json' };
  for (const [name, value] of [
    [`${base}-admin-username`, `admin@${domain}`],
    [`${base}-admin-password`, userCredentials.password],
  ] as const) {
    const body = JSON.stringify({ value, contentType: 'text/plain', tags: { domain } });
    await client({ method: 'PUT', origin: vaultUrl, path: `/secrets/${name}?api-version=7.6`, headers, body });
  }
}

interface Credentials {
  readonly password: string;
}

/** The fields of the example that the script sends. */
export interface Customer {
  readonly domain: string;
  readonly companyName: string;
  readonly email: string;
  readonly address: Readonly<Record<string, string>>;
}
