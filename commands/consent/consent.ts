import type { TokenCredential } from '@azure/core-auth';
import type { Vault } from '../../shared/key-vault/vault.ts';
import type { Log } from '../../shared/log/log.ts';
import { Deadline } from '../../shared/network/deadline.ts';
import { postGrant } from '../../shared/partner-center/sign-in/exchange.ts';
import { nameCredential, readPartnerSecrets } from '../../shared/partner-center/sign-in/read-partner-secrets.ts';
import { storeRefreshToken } from '../../shared/partner-center/sign-in/refresh-token-store.ts';
import type { SignInCall } from '../../shared/partner-center/sign-in/sign-in-call.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { makeAuthorizeUrl, makeConsentSecrets } from './authorize-url.ts';
import { isOurs, readCode, readConsent } from './check-answer.ts';
import { explainRefusal } from './explain-refusal.ts';
import { openLoopback, type Redirect } from './loopback.ts';

export interface ConsentInput {
  readonly settings: Settings;
  readonly partnerVault: Vault;
  readonly identity: TokenCredential;
  readonly port: number;
  /** Time limit for the person in milliseconds. */
  readonly timeout: number;
  readonly print: (line: string) => void;
  /** Shows the address to the person. */
  readonly visit: (url: string) => void;
}

/**
 * Lets a person consent and stores the refresh token in the partner vault (Partner Center documentation, "Secure Application Model"). Rejects with
 * `ConsentRefusal`, whose message is shown to the operator; prints neither code nor token.
 */
export async function consent(input: ConsentInput): Promise<void> {
  const { settings, partnerVault: vault, print } = input;
  const faults: string[] = [];
  const log: Log = (level, event, fields = {}) => {
    const { secret, reason } = fields;
    if (level === 'error') faults.push([secret, reason ?? event].filter(Boolean).join(' '));
  };
  const call = (): SignInCall => ({ deadline: Deadline.after(60_000), log });
  const own = makeConsentSecrets();
  const loopback = await openLoopback(input.port, (query) => isOurs(query, own.state));
  let redirect: Redirect | undefined;
  try {
    const credential = nameCredential(settings.partnerClientCredential);
    const secrets = await readPartnerSecrets(vault, { credential, refreshToken: false }, call());
    const scope = `${settings.partnerCenterScope} offline_access openid`;
    const { redirectUri } = loopback;
    const app = { tenant: secrets.tenantId.value, clientId: secrets.clientId.value };
    const url = makeAuthorizeUrl({ authorityUrl: settings.authorityUrl, ...app, redirectUri, scope }, own);
    print(`Sign in with the integration account, with multi-factor authentication, at\n\n${url}\n`);
    print(`Waiting for the answer on ${redirectUri} for ${input.timeout / 1000} seconds.`);
    input.visit(url);
    redirect = await loopback.waitForRedirect(input.timeout);
    const code = readCode(redirect.query);
    const grant = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: own.verifier,
      scope,
    };
    const answer = await postGrant(grant, secrets, input, call());
    const expected = { nonce: own.nonce, scope: settings.partnerCenterScope, secrets };
    const { refreshToken, tenantId, account } = readConsent(answer, expected);
    print(`${account ?? 'An account without a name'} consented.`);
    print('State, nonce, tenant, audience and multi-factor authentication are as they should be.');
    const token = { value: refreshToken, tenantId, clientId: app.clientId, writtenBy: 'consent' } as const;
    const stored = await storeRefreshToken(vault, token, call());
    print(`Stored the refresh token as version ${stored.version} of the secret ${stored.name} in ${vault.url}.`);
    print(`It stands for the app ${app.clientId} in the tenant ${tenantId}; the function renews it every week.`);
    print(
      `If ${redirectUri} was registered for this alone, remove it again: Microsoft Entra admin center, App registrations, ` +
        `${app.clientId}, Authentication; or "az ad app update --id ${app.clientId} --web-redirect-uris" with the addresses to keep.`,
    );
    if (settings.partnerAuthFlow !== 'app+user') print('Set PARTNER_AUTH_FLOW to app+user: the function uses it then.');
    await redirect.showEnd('The consent is stored.');
  } catch (error) {
    const refusal = explainRefusal(error, faults);
    await redirect?.showEnd('The consent was not stored. The terminal says why.');
    throw refusal;
  } finally {
    await loopback.close();
  }
}
