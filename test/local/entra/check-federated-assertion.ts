import { readToken } from '../wire/tokens.ts';
import type { AppRegistration } from './app-registration.ts';
import { EntraRefusal } from './entra-refusal.ts';

/** Checks a token of the managed identity that replaces a secret of the app ("Workload identity federation"). */
export function checkFederatedAssertion(app: AppRegistration, assertion: string): void {
  const token = readToken(assertion);
  if (!token) throw new EntraRefusal(50027, 'The signature of the assertion is not valid.');
  if (token.exp * 1000 <= Date.now()) throw new EntraRefusal(700024);
  const candidates = app.federatedCredentials.filter(
    ({ issuer, audience }) => issuer === token.iss && audience === token.aud,
  );
  const shown = `Assertion Issuer: '${token.iss ?? ''}'. Assertion Subject: '${token.sub ?? ''}'. Assertion Audience: '${token.aud}'.`;
  if (candidates.length === 0) throw new EntraRefusal(70021, shown);
  if (!candidates.some(({ subject }) => subject === token.sub)) throw new EntraRefusal(700213, shown);
}
